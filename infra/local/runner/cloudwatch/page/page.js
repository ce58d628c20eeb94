// Draws the deployed dashboards with live data.
import { chart, colour } from './charts.js';
import { element, markdown, number, time } from './text.js';

const REFRESH_MILLISECONDS = 10_000;
const RANGES = [1, 3, 12, 24, 168];
const STATES = {
  ALARM: ['✕', 'In alarm'],
  OK: ['✓', 'OK'],
  INSUFFICIENT_DATA: ['–', 'No data'],
  MISSING: ['?', 'Missing'],
};

const main = document.querySelector('#widgets');
const status = document.querySelector('#status');
let shown = null;
let chosen = '';

function address() {
  const query = new URLSearchParams(location.search);
  return { name: query.get('name'), hours: Number(query.get('hours')) || 3 };
}

function go(changes) {
  const next = { ...address(), ...changes };
  const query = new URLSearchParams(Object.entries(next).filter(([, value]) => value !== null));
  history.pushState(null, '', `?${query}`);
  void refresh();
}

/** What a dashboard is called without its stack's name. */
function title(name) {
  const word = name.split('-').at(-1);
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Draws what can be chosen, unless it is there: whoever has it in focus keeps it. */
function drawChoices(data) {
  const drawn = JSON.stringify([data.names, data.name, address().hours]);
  if (drawn === chosen) return;
  chosen = drawn;
  const links = data.names.map((name) => {
    const link = element('a', { href: `?name=${encodeURIComponent(name)}`, title: name }, title(name));
    if (name === data.name) link.setAttribute('aria-current', 'page');
    link.addEventListener('click', (event) => {
      event.preventDefault();
      go({ name });
    });
    return link;
  });
  document.querySelector('#names').replaceChildren(...links);
  const buttons = RANGES.map((hours) => {
    const pressed = String(hours === address().hours);
    const button = element(
      'button',
      { type: 'button', 'aria-pressed': pressed },
      hours > 24 ? `${hours / 24} d` : `${hours} h`,
    );
    button.addEventListener('click', () => go({ hours }));
    return button;
  });
  document.querySelector('#ranges').replaceChildren(...buttons);
  document.title = data.name ? `${title(data.name)} · Ironmonger` : 'Dashboards · Ironmonger';
}

function legend(widget) {
  const entries = widget.series.map((one, index) => {
    const swatch = element('span', { class: 'swatch' });
    swatch.style.background = colour(one, index);
    const last = one.points.at(-1)?.[1];
    return element('li', {}, swatch, one.label, element('b', {}, last === undefined ? '' : number(last)));
  });
  return element('ul', { class: 'legend' }, ...entries);
}

function numbers(widget) {
  const tiles = widget.series.map((one) => {
    const last = one.points.at(-1)?.[1];
    const value = element('strong', {}, last === undefined ? '–' : number(last));
    return element('div', { class: 'number' }, value, element('span', {}, one.label));
  });
  return element('div', { class: 'numbers' }, ...tiles);
}

function alarm(one) {
  const [sign, word] = STATES[one.state];
  const since = one.since ? ` since ${time(one.since, false)}` : '';
  const about = element(
    'div',
    {},
    element('b', {}, one.name.replace(/^.*?-(?=[^-]+$)/, '')),
    element('small', {}, `${word}${since}`),
  );
  return element(
    'li',
    { 'data-state': one.state, title: one.description },
    element('i', { 'aria-hidden': 'true' }, sign),
    about,
  );
}

/** What a metric widget has below its title; the place of its chart is empty as yet. */
function contents(widget) {
  if (widget.properties.view === 'singleValue') return [numbers(widget)];
  if (widget.series.every((one) => one.points.length === 0)) {
    return [element('p', { class: 'nothing' }, 'Nothing was measured in this time.')];
  }
  return [element('div', { class: 'plot' }), legend(widget)];
}

function box(widget) {
  const made = element('section', { class: `widget ${widget.type}` });
  made.style.gridColumn = `${widget.x + 1} / span ${widget.width}`;
  made.style.gridRow = `${widget.y + 1} / span ${widget.height}`;
  const { properties } = widget;
  if (widget.type === 'text') made.append(...markdown(properties.markdown));
  else made.append(element('h2', {}, properties.title));
  if (widget.type === 'alarm') made.append(element('ul', { class: 'alarms' }, ...widget.alarms.map(alarm)));
  if (widget.type === 'metric') {
    const faults = widget.faults.map((fault) => element('p', { class: 'faults' }, fault));
    made.append(...contents(widget), ...faults);
  }
  return made;
}

function draw(data) {
  shown = data;
  drawChoices(data);
  const boxes = data.widgets.map(box);
  main.replaceChildren(...boxes);
  if (boxes.length === 0) main.append(element('p', { class: 'nothing' }, 'No dashboard is deployed yet.'));
  // Charts are drawn in the size of their places, which is known once everything else stands.
  for (const [index, made] of boxes.entries()) {
    const place = made.querySelector('.plot');
    if (place) place.append(chart(data.widgets[index], data, place));
  }
  main.setAttribute('aria-busy', 'false');
}

async function refresh() {
  const { name, hours } = address();
  const query = new URLSearchParams(name === null ? { hours } : { hours, name });
  try {
    const answer = await fetch(`/_ironmonger/dashboards/data?${query}`);
    if (!answer.ok) throw new Error(`the emulator answered ${answer.status}`);
    draw(await answer.json());
    status.classList.remove('failed');
    status.textContent = `Live, as of ${new Date().toLocaleTimeString('en-GB')}`;
  } catch (error) {
    status.classList.add('failed');
    status.textContent = `Not up to date: ${error.message}`;
  }
}

addEventListener('popstate', () => void refresh());
addEventListener('resize', () => shown && draw(shown));
setInterval(() => {
  // Nobody looks, or somebody reads a value: what is there stays.
  if (!document.hidden && !document.querySelector('.hint:not([hidden])')) void refresh();
}, REFRESH_MILLISECONDS);
void refresh();
