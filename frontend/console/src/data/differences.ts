/** A field in which two states of a record differ. */
export interface Difference {
  /** The field's path, as `variants.2.price`. */
  path: string;
  mine: unknown;
  current: unknown;
  /** Who changed it since the state that both began with. */
  changedBy: 'me' | 'them' | 'both';
}

type Fields = Readonly<Record<string, unknown>>;

/** Whether two JSON values are the same; the order of an object's members does not count. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  // To a form, a field left out and a field left empty are the same.
  if ((a === undefined || a === null || a === '') && (b === undefined || b === null || b === '')) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, index) => same(element, b[index]));
  }
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => same((a as Fields)[name], (b as Fields)[name]));
}

/**
 * The fields in which mine differs from the current one, with who changed each since `base`. Lists
 * count as one field: their elements belong together.
 */
export function differences(base: Fields, mine: Fields, current: Fields): Difference[] {
  const names = [...new Set([...Object.keys(mine), ...Object.keys(current)])];
  return names.flatMap((name): Difference[] => {
    const [was, my, now] = [base[name], mine[name], current[name]];
    if (same(my, now)) return [];
    const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isObject(my) && isObject(now) && !isMoney(my)) {
      const below = differences((was ?? {}) as Fields, my as Fields, now as Fields);
      return below.map((difference) => ({ ...difference, path: `${name}.${difference.path}` }));
    }
    const changedBy = same(was, now) ? 'me' : same(was, my) ? 'them' : 'both';
    return [{ path: name, mine: my, current: now, changedBy }];
  });
}

function isMoney(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
}

/** A copy of the values with the field at the path replaced. */
export function withField(values: Fields, path: string, value: unknown): Record<string, unknown> {
  const [head = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...values, [head]: value };
  return { ...values, [head]: withField((values[head] ?? {}) as Fields, rest.join('.'), value) };
}

/** The value of the field at the path. */
export function fieldAt(values: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], values);
}
