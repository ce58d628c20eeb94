import { describe, expect, it } from 'vitest';
import { groupDigits, parseTestCard } from './cards';

describe('parseTestCard', () => {
  it('takes the test numbers however they are spaced', () => {
    expect(parseTestCard('4242 4242 4242 4242')).toBe('4242424242424242');
    expect(parseTestCard('4000-0000-0000-0002')).toBe('4000000000000002');
  });

  it('takes no other number, so that no real card leaves the browser', () => {
    for (const typed of ['', '4111111111111111', '42424242424242424', '4242 4242 4242 424']) {
      expect(parseTestCard(typed)).toBeUndefined();
    }
  });
});

describe('groupDigits', () => {
  it('groups by four', () => {
    expect(groupDigits('4242424242424242')).toBe('4242 4242 4242 4242');
  });
});
