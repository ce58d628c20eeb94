// How text widgets, numbers and times are written.

/** An element with attributes and children; text is never taken for markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\((https?:[^)\s]+)\)/g;

function inline(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    parts.push(text.slice(from, found.index));
    const [all, code, bold, label, address] = found;
    if (code) parts.push(element('code', {}, code));
    else if (bold) parts.push(element('b', {}, bold));
    else parts.push(element('a', { href: address, rel: 'noreferrer' }, label));
    from = found.index + all.length;
  }
  return [...parts, text.slice(from)];
}

/** The part of Markdown that the dashboards use: headings, lists, paragraphs, code, bold, links. */
export function markdown(text) {
  const blocks = [];
  for (const line of text.split('\n')) {
    const heading = /^(#{1,3}) (.*)$/.exec(line);
    if (heading) blocks.push(element(`h${Math.max(2, heading[1].length)}`, {}, ...inline(heading[2])));
    else if (line.startsWith('- ')) {
      if (blocks.at(-1)?.tagName !== 'UL') blocks.push(element('ul'));
      blocks.at(-1).append(element('li', {}, ...inline(line.slice(2))));
    } else if (line.trim()) blocks.push(element('p', {}, ...inline(line)));
  }
  return blocks;
}

const compact = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });
const plain = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** A number as short as it can be read. */
export function number(value) {
  return Math.abs(value) >= 10_000 ? compact.format(value) : plain.format(value);
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** A time of the day, or the day where the range is long. */
export function time(seconds, isLong) {
  const at = new Date(seconds * 1000);
  return isLong ? `${day.format(at)} ${clock.format(at)}` : clock.format(at);
}
