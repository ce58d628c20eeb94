/** The sandbox's cards, as its documentation lists them. */
export const TEST_CARDS = [
  { number: '4242424242424242', outcome: 'is accepted' },
  { number: '4000000000000002', outcome: 'is declined' },
] as const;

/** Digits in groups of four, as on a card. */
export function groupDigits(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1 ');
}

/**
 * The test card that was typed, or `undefined`. The shop's payments are a sandbox: a number that is
 * not one of its own may be somebody's real card, and must not leave the browser.
 */
export function parseTestCard(typed: string): string | undefined {
  const digits = typed.replace(/[\s-]/g, '');
  return TEST_CARDS.find(({ number }) => number === digits)?.number;
}
