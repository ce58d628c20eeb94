import type { Json } from '../types';

/** Where in a text something is; both are counted from 1. */
export interface Place {
  line: number;
  column: number;
}

export type Read = { value: Json } | { message: string; at: number | undefined };

const NO_OBJECT = 'A configuration is a JSON object: it begins with { and ends with }.';

/** Where a browser's words say that a text stops being JSON. */
function errorOffset(text: string, message: string): number | undefined {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Math.min(Number.parseInt(position, 10), text.length);
  const place = /line (\d+) column (\d+)/.exec(message);
  if (place) {
    const before = text.split('\n').slice(0, Number(place[1]) - 1);
    return before.reduce((sum, line) => sum + line.length + 1, 0) + Number(place[2]) - 1;
  }
  return /end of/i.test(message) ? text.length : undefined;
}

/** Reads a configuration's text, or says what is wrong with it and at which offset. */
export function readConfiguration(text: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const at = errorOffset(text, message);
    const where = at === undefined ? '' : ` in line ${placeOf(text, at).line}`;
    return { message: `This is no JSON yet: look for a missing comma, quote or bracket${where}.`, at };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { message: NO_OBJECT, at: 0 };
  }
  return { value: value as Json };
}

/** A configuration as it is edited. */
export function showConfiguration(configuration: Json): string {
  return JSON.stringify(configuration, null, 2);
}

export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Strings, brackets, commas and colons, and all else that stands together. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

interface Level {
  isList: boolean;
  /** The name or the number of the member that is being read. */
  member: string;
  /** Whether the next string of an object is a name. */
  wantsName: boolean;
}

/**
 * Where in the text of a JSON document each member begins: offsets by the member's path, with dots
 * (`place.request.body`, `items.0.code`).
 */
function offsets(text: string): Map<string, number> {
  const found = new Map<string, number>();
  const levels: Level[] = [];
  const path = () => levels.map(({ member }) => member).join('.');
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    const level = levels.at(-1);
    if (token === '}' || token === ']') {
      levels.pop();
    } else if (token === ',' && level) {
      level.wantsName = !level.isList;
      if (level.isList) level.member = String(Number(level.member) + 1);
    } else if (level?.wantsName && token.startsWith('"')) {
      level.member = token.slice(1, -1);
      level.wantsName = false;
      found.set(path(), index);
    } else if (token !== ':' && token !== ',') {
      if (level?.isList) found.set(path(), index);
      if (token === '{') levels.push({ isList: false, member: '', wantsName: true });
      if (token === '[') levels.push({ isList: true, member: '0', wantsName: false });
    }
  }
  return found;
}

/** Where a path begins, or the nearest part of it that there is. */
export function offsetOf(text: string, path: string): number | undefined {
  const found = offsets(text);
  const names = path.replace(/\[(\d+)\]/g, '.$1').split('.');
  for (let length = names.length; length > 0; length -= 1) {
    const offset = found.get(names.slice(0, length).join('.'));
    if (offset !== undefined) return offset;
  }
  return undefined;
}

/** The member at a path; undefined where there is none. */
export function memberAt(configuration: Json, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? (value as Json)[name] : undefined),
      configuration,
    );
}

/** A copy with the member at a path set; undefined takes it out, with what is then empty around it. */
export function withMember(configuration: Json, path: string, value: unknown): Json {
  const [name = '', ...rest] = path.split('.');
  const { [name]: present, ...others } = configuration;
  const below = typeof present === 'object' && present !== null && !Array.isArray(present) ? present : {};
  const next = rest.length === 0 ? value : withMember(below as Json, rest.join('.'), value);
  const isGone =
    next === undefined || (rest.length > 0 && value === undefined && Object.keys(next as Json).length === 0);
  // A member that is there already keeps its place among the others.
  return isGone ? others : { ...configuration, [name]: next };
}
