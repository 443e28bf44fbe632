// SPDX-License-Identifier: Apache-2.0
//
// What the report can do beyond being read: a filter, keys, and the choice of theme. The page is whole without it.
'use strict';
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const filter = find('#filter'), problems = find('#problems'), keys = find('#keys');

  const textOf = (element) => element.textContent.toLowerCase();
  const rows = all('.matrix tbody tr');
  const units = all('details.unit').map((details, index) => ({details, row: rows[index], functions: null, own: null}));

  // Made when first asked for: a page of ten thousand functions opens without it.
  function index(unit) {
    if (unit.functions !== null) return;
    unit.functions = all('.functions tbody', unit.details).map((body) => ({body, text: textOf(body)}));
    const parts = all('summary, .facts, .chain tbody, .findings', unit.details);
    unit.own = unit.row.firstElementChild.firstElementChild.title.toLowerCase() + ' ' + parts.map(textOf).join(' ');
  }

  // A unit that matches by itself keeps all its functions; else it is shown for those that match.
  function show(unit, words, onlyProblems) {
    let visible = !onlyProblems || unit.details.classList.contains('problem');
    let functionsMatch = true;
    if (visible && words.length > 0) {
      index(unit);
      const byItself = words.every((word) => unit.own.includes(word));
      const matches = unit.functions.map((one) => words.every((word) => one.text.includes(word)));
      functionsMatch = byItself && !matches.includes(true);
      visible = byItself || matches.includes(true);
      unit.functions.forEach((one, at) => { one.body.hidden = !functionsMatch && !matches[at]; });
    } else if (unit.functions !== null) {
      for (const one of unit.functions) one.body.hidden = false;
    }
    if (visible && onlyProblems && unit.details.classList.contains('problem')) {
      index(unit);
      if (unit.functions.some((one) => one.body.classList.contains('problem')))
        for (const one of unit.functions) one.body.hidden ||= !one.body.classList.contains('problem');
    }
    unit.row.hidden = unit.details.hidden = !visible;
    return visible;
  }

  function apply() {
    const words = filter.value.toLowerCase().split(/\s+/).filter((word) => word !== '');
    const onlyProblems = problems.getAttribute('aria-pressed') === 'true';
    const count = units.filter((unit) => show(unit, words, onlyProblems)).length;
    const shown = find('#shown');
    shown.textContent = (count === units.length ? '' : `${count} of `) + `${units.length} ${shown.dataset.rows}`;
  }

  function toggleProblems() {
    problems.setAttribute('aria-pressed', String(problems.getAttribute('aria-pressed') !== 'true'));
    apply();
  }

  function toggleTheme() {
    const root = document.documentElement;
    const dark = (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
    root.dataset.theme = dark ? 'light' : 'dark';
  }

  function open(unit) {
    unit.details.open = true;
    find('summary', unit.details).focus();
    unit.details.scrollIntoView({block: 'start'});
  }

  function openTarget() {
    const unit = units.find((one) => '#' + one.details.id === location.hash);
    if (unit) open(unit);
  }

  const currentUnit = () => {
    const active = document.activeElement;
    return units.find((unit) => unit.row.contains(active) || unit.details.contains(active));
  };

  function move(step) {
    const visible = units.filter((unit) => !unit.row.hidden);
    if (visible.length === 0) return;
    const at = visible.indexOf(currentUnit());
    const next = at < 0 ? (step > 0 ? 0 : visible.length - 1) : Math.min(Math.max(at + step, 0), visible.length - 1);
    const inDetails = at >= 0 && visible[at].details.contains(document.activeElement);
    const target = inDetails ? find('summary', visible[next].details) : visible[next].row;
    target.focus();
    target.scrollIntoView({block: 'nearest'});
  }

  function leave() {
    const unit = currentUnit();
    if (document.activeElement === filter) {
      filter.value = '';
      filter.blur();
      apply();
    } else if (unit && unit.details.contains(document.activeElement)) {
      unit.details.open = false;
      unit.row.focus();
      unit.row.scrollIntoView({block: 'center'});
    } else if (filter.value !== '') {
      filter.value = '';
      apply();
    } else {
      document.activeElement.blur();
    }
  }

  const commands = {
    'j': () => move(1), 'ArrowDown': () => move(1), 'k': () => move(-1), 'ArrowUp': () => move(-1),
    '/': () => { filter.focus(); filter.select(); },
    'p': toggleProblems, 't': toggleTheme, '?': () => keys.showModal(), 'Escape': leave,
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    if (document.activeElement === filter && event.key !== 'Escape') {
      if (event.key === 'Enter' || event.key === 'ArrowDown') { event.preventDefault(); filter.blur(); move(1); }
      return;
    }
    const focused = units.find((unit) => unit.row === document.activeElement);
    const command = event.key === 'Enter' && focused ? () => open(focused) : commands[event.key];
    if (!command) return;
    event.preventDefault();
    command();
  });

  for (const row of rows) {
    row.tabIndex = -1;
  }
  filter.addEventListener('input', apply);
  problems.addEventListener('click', toggleProblems);
  find('#theme').addEventListener('click', toggleTheme);
  find('#help').addEventListener('click', () => keys.showModal());
  find('#close').addEventListener('click', () => keys.close());
  addEventListener('hashchange', openTarget);
  addEventListener('beforeprint', () => { for (const unit of units) unit.details.open ||= unit.details.classList.contains('problem'); });
  find('.tools').hidden = false;
  apply();
  openTarget();
})();
