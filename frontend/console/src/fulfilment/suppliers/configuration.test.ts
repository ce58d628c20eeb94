import { describe, expect, it } from 'vitest';
import {
  memberAt,
  offsetOf,
  placeOf,
  readConfiguration,
  showConfiguration,
  withMember,
} from './configuration';

const TEXT = `{
  "baseUrl": "https://api.example.org/{x}",
  "states": { "a, \\"b\\"": "accepted" },
  "place": {
    "request": { "path": "/orders", "body": "{ref: reference}" },
    "rejectedStatuses": [400, 422]
  }
}`;

const lineAt = (path: string) => {
  const offset = offsetOf(TEXT, path);
  return offset === undefined ? undefined : placeOf(TEXT, offset).line;
};

describe('a configuration’s text', () => {
  it('is read as an object', () => {
    expect(readConfiguration('{"a": 1}')).toEqual({ value: { a: 1 } });
  });

  it.each(['[]', '1', 'null', '"x"'])('%s is none', (text) => {
    expect(readConfiguration(text)).toMatchObject({ message: expect.stringContaining('object') });
  });

  it('says where it stops being JSON', () => {
    const read = readConfiguration('{\n  "a": 1\n  "b": 2\n}');
    expect(read).toMatchObject({ message: expect.stringContaining('line 3') });
    expect(readConfiguration('')).toHaveProperty('message');
  });

  it('shows what it reads', () => {
    const configuration = { a: { b: [1, 'x'] } };
    expect(readConfiguration(showConfiguration(configuration))).toEqual({ value: configuration });
  });
});

describe('where a member is', () => {
  it.each([
    ['baseUrl', 2],
    ['states', 3],
    ['place', 4],
    ['place.request', 5],
    ['place.request.body', 5],
    ['place.rejectedStatuses', 6],
    ['place.rejectedStatuses.1', 6],
    ['place.rejectedStatuses[0]', 6],
    // What is missing would stand in what is there.
    ['place.answer.id', 4],
  ])('%s is in line %d', (path, line) => {
    expect(lineAt(path)).toBe(line);
  });

  it('is not known of what is missing altogether', () => {
    expect(lineAt('find')).toBeUndefined();
  });

  it('is where its name begins', () => {
    const offset = offsetOf(TEXT, 'place.request.body') ?? 0;
    expect(TEXT.slice(offset, offset + 6)).toBe('"body"');
  });
});

describe('a member', () => {
  const configuration = { baseUrl: 'x', auth: { kind: 'header', name: 'X-Key' } };

  it('is found by its path', () => {
    expect(memberAt(configuration, 'auth.name')).toBe('X-Key');
    expect(memberAt(configuration, 'auth.name.deeper')).toBeUndefined();
    expect(memberAt(configuration, 'nothing.here')).toBeUndefined();
  });

  it('is set in its place, and made where it is missing', () => {
    expect(Object.keys(withMember(configuration, 'baseUrl', 'y'))).toEqual(['baseUrl', 'auth']);
    expect(withMember({}, 'a.b', 1)).toEqual({ a: { b: 1 } });
  });

  it('is taken out with what it leaves empty', () => {
    expect(withMember(configuration, 'auth.name', undefined)).toEqual({
      baseUrl: 'x',
      auth: { kind: 'header' },
    });
    expect(withMember({ a: { b: 1 } }, 'a.b', undefined)).toEqual({});
    expect(withMember({ c: 1 }, 'a.b', undefined)).toEqual({ c: 1 });
  });
});
