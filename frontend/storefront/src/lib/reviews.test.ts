import { describe, expect, it } from 'vitest';
import { shares, statusSentence, toReview } from './reviews';

describe('shares', () => {
  it('lists five stars first, in percent of all', () => {
    expect(shares([1, 0, 2, 4, 4])).toEqual([
      { stars: 5, count: 4, percent: 36 },
      { stars: 4, count: 4, percent: 36 },
      { stars: 3, count: 2, percent: 18 },
      { stars: 2, count: 0, percent: 0 },
      { stars: 1, count: 1, percent: 9 },
    ]);
  });

  it('is all nothing without reviews', () => {
    expect(shares([0, 0, 0, 0, 0]).every(({ percent }) => percent === 0)).toBe(true);
  });
});

describe('a review', () => {
  it('goes out trimmed, with its stars as a number', () => {
    expect(toReview({ rating: '4', title: ' Good ', body: ' It hits.\n' })).toEqual({
      rating: 4,
      title: 'Good',
      body: 'It hits.',
    });
  });

  it('says what becomes of it', () => {
    const sentences = (['published', 'pending', 'hidden'] as const).map(statusSentence);
    expect(new Set(sentences).size).toBe(3);
  });
});
