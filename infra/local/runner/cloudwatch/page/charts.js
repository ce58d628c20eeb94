// Lines, areas and bars in SVG.
import { element, number, time } from './text.js';

const NAMESPACE = 'http://www.w3.org/2000/svg';
const COLOURS = 8;
const ROOM = { top: 8, right: 10, bottom: 20, left: 44 };
const TICKS = 4;
const DAY = 86_400;

function shape(name, attributes, ...children) {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** The colour of a line: its own, or the next of the page's. */
export function colour(series, index) {
  return series.color ?? `var(--series-${(index % COLOURS) + 1})`;
}

/** Round numbers from the least to the most. */
export function ticks(least, most) {
  const rough = (most - least) / TICKS || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= rough) * power;
  const found = [];
  for (let at = Math.ceil(least / step) * step; at <= most + step / 1000; at += step) found.push(at);
  return found;
}

function stackedUp(series) {
  const below = new Map();
  return series.map((one) => ({
    ...one,
    points: one.points.map(([at, value]) => {
      const from = below.get(at) ?? 0;
      below.set(at, from + value);
      return [at, from + value, from];
    }),
  }));
}

/** Runs of points with no period missing between them: a line is broken where nothing was measured. */
function runs(points, period) {
  const found = [];
  for (const point of points) {
    const last = found.at(-1)?.at(-1);
    if (last && point[0] - last[0] <= period * 1.5) found.at(-1).push(point);
    else found.push([point]);
  }
  return found;
}

/** A widget's chart, in the size of the place that it gets. */
export function chart(widget, range, place) {
  const width = Math.max(place.clientWidth, 120);
  const height = Math.max(place.clientHeight, 80);
  const isStacked = widget.properties.stacked === true;
  const isBar = widget.properties.view === 'bar';
  const series = isStacked ? stackedUp(widget.series) : widget.series;
  const notes = widget.properties.annotations?.horizontal ?? [];
  const axes = { left: { ...widget.properties.yAxis?.left }, right: { ...widget.properties.yAxis?.right } };
  const hasRight = series.some((one) => one.axis === 'right');
  const room = { ...ROOM, right: hasRight ? ROOM.left : ROOM.right };

  const scales = {};
  for (const side of ['left', 'right']) {
    const shown = series
      .filter((one) => one.axis === side)
      .flatMap((one) => one.points.map((point) => point[1]));
    const marked = notes.filter((note) => (note.yAxis ?? 'left') === side).map((note) => note.value);
    const top = Math.max(...shown, 0);
    // A threshold that is far away would press all lines flat: its place is the legend then.
    const near = marked.filter((value) => value <= top * 4 || top === 0);
    const least = axes[side].min ?? Math.min(0, ...shown);
    const most = axes[side].max ?? (Math.max(top, ...near) * 1.08 || 1);
    scales[side] = {
      least,
      most,
      y: (value) => room.top + (1 - (value - least) / (most - least)) * (height - room.top - room.bottom),
    };
  }
  const x = (at) =>
    room.left + ((at - range.start) / (range.end - range.start)) * (width - room.left - room.right);
  const svg = shape('svg', {
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': widget.properties.title ?? '',
  });

  for (const value of ticks(scales.left.least, scales.left.most)) {
    const y = scales.left.y(value);
    svg.append(
      shape('line', { class: 'grid', x1: room.left, x2: width - room.right, y1: y, y2: y }),
      shape('text', { class: 'axis', x: room.left - 6, y: y + 4, 'text-anchor': 'end' }, number(value)),
    );
  }
  if (hasRight) {
    for (const value of ticks(scales.right.least, scales.right.most)) {
      svg.append(
        shape(
          'text',
          { class: 'axis', x: width - room.right + 6, y: scales.right.y(value) + 4 },
          number(value),
        ),
      );
    }
  }
  const isLong = range.end - range.start > DAY;
  const labels = Math.max(2, Math.min(6, Math.floor(width / (isLong ? 130 : 80))));
  for (let index = 0; index < labels; index += 1) {
    const at = range.start + ((index + 0.5) * (range.end - range.start)) / labels;
    svg.append(
      shape('text', { class: 'axis', x: x(at), y: height - 4, 'text-anchor': 'middle' }, time(at, isLong)),
    );
  }

  series.forEach((one, index) => {
    const { y, least } = scales[one.axis];
    const stroke = colour(one, index);
    for (const run of runs(one.points, one.period)) {
      const line = run.map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`);
      if (isStacked && !isBar) {
        const back = run.toReversed().map(([at, , from]) => `${x(at).toFixed(1)},${y(from).toFixed(1)}`);
        svg.append(
          shape('polygon', { points: [...line, ...back].join(' '), fill: stroke, 'fill-opacity': 0.35 }),
        );
      }
      if (isBar) {
        const wide = Math.max(1.5, (x(range.start + one.period) - x(range.start)) * 0.8);
        for (const [at, value, from = least] of run) {
          const box = {
            x: x(at),
            y: y(value),
            width: wide,
            height: Math.max(0, y(from) - y(value)),
            fill: stroke,
          };
          svg.append(shape('rect', box));
        }
      } else if (run.length === 1) {
        svg.append(shape('circle', { cx: x(run[0][0]), cy: y(run[0][1]), r: 2.5, fill: stroke }));
      } else {
        const look = {
          points: line.join(' '),
          fill: 'none',
          stroke,
          'stroke-width': 1.8,
          'stroke-linejoin': 'round',
        };
        svg.append(shape('polyline', look));
      }
    }
  });

  for (const note of notes) {
    const { y, least, most } = scales[note.yAxis ?? 'left'];
    if (note.value < least || note.value > most) continue;
    const stroke = note.color ?? 'var(--alarm)';
    const at = y(note.value);
    svg.append(
      shape('line', { class: 'threshold', x1: room.left, x2: width - room.right, y1: at, y2: at, stroke }),
      shape(
        'text',
        {
          class: 'threshold-label',
          x: width - room.right - 4,
          y: at - 4,
          'text-anchor': 'end',
          fill: stroke,
        },
        note.label ?? '',
      ),
    );
  }
  followPointer(svg, place, widget, { x, room, height, width, isLong, range });
  return svg;
}

/** Shows the values of the time under the pointer. */
function followPointer(svg, place, widget, { x, room, height, width, isLong, range }) {
  const times = [...new Set(widget.series.flatMap((one) => one.points.map(([at]) => at)))].sort(
    (a, b) => a - b,
  );
  if (times.length === 0) return;
  const cursor = shape('line', {
    class: 'cursor',
    y1: room.top,
    y2: height - room.bottom,
    visibility: 'hidden',
  });
  const hint = element('div', { class: 'hint', hidden: '' });
  svg.append(cursor);
  place.append(hint);
  svg.addEventListener('pointermove', (event) => {
    const share = (event.offsetX - room.left) / (width - room.left - room.right);
    const wanted = range.start + share * (range.end - range.start);
    const at = times.reduce((best, each) =>
      Math.abs(each - wanted) < Math.abs(best - wanted) ? each : best,
    );
    for (const key of ['x1', 'x2']) cursor.setAttribute(key, x(at));
    cursor.setAttribute('visibility', 'visible');
    const lines = widget.series.flatMap((one) => {
      const point = one.points.find(([each]) => each === at);
      return point ? [element('p', {}, `${one.label}: ${number(point[1])}`)] : [];
    });
    hint.replaceChildren(element('p', {}, element('b', {}, time(at, isLong))), ...lines);
    hint.hidden = false;
    hint.style.left = share > 0.55 ? '' : `${x(at) + 10}px`;
    hint.style.right = share > 0.55 ? `${width - x(at) + 10}px` : '';
  });
  svg.addEventListener('pointerleave', () => {
    hint.hidden = true;
    cursor.setAttribute('visibility', 'hidden');
  });
}
