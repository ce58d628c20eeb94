import type { ProductOption, Variant, VariantInput } from '../api/types';

/** The limits that the API keeps too. */
export const MAX_OPTIONS = 5;
export const MAX_VARIANTS = 30;
export const MAX_CATEGORIES = 5;
export const MAX_IMAGES = 20;

/** One value of each option, by the option's name. */
export type Choice = Record<string, string>;

/** Every choice there is of complete options, the last option changing fastest. */
export function allChoices(options: readonly ProductOption[]): Choice[] {
  const complete = options.filter(({ name, values }) => name.trim() !== '' && values.length > 0);
  return complete.reduce<Choice[]>(
    (choices, { name, values }) =>
      choices.flatMap((choice) => values.map((value) => ({ ...choice, [name]: value }))),
    [{}],
  );
}

/** Whether two choices are the same. */
export function sameChoice(a: Choice, b: Choice): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/** The choices that no variant stands for yet. */
export function missingChoices(
  options: readonly ProductOption[],
  variants: readonly VariantInput[],
): Choice[] {
  return allChoices(options).filter(
    (choice) => !variants.some((variant) => sameChoice(variant.options, choice)),
  );
}

/** Whether a variant chooses one of the values of every option, and nothing else. */
export function isOffered(variant: VariantInput, options: readonly ProductOption[]): boolean {
  return allChoices(options).some((choice) => sameChoice(choice, variant.options));
}

/** The name of a choice: `16 oz / Hickory`. */
export function choiceTitle(choice: Choice, options: readonly ProductOption[]): string {
  return options.flatMap(({ name }) => choice[name] ?? []).join(' / ');
}

const skuPart = (text: string) =>
  text
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

/** The most characters of a SKU. */
export const MAX_SKU = 64;

/** What several codes begin with, up to the end of a part; nothing for fewer than two. */
function sharedStem(skus: readonly string[]): string {
  const [first = '', ...others] = skus;
  if (others.length === 0) return '';
  let length = 0;
  while (length < first.length && others.every((sku) => sku[length] === first[length])) length += 1;
  return first.slice(0, first.slice(0, length).lastIndexOf('-') + 1).replace(/-+$/, '');
}

/** A stock code for a choice, made of what its siblings have in common, that is not taken among them. */
export function proposeSku(
  title: string,
  choice: Choice,
  options: readonly ProductOption[],
  taken: readonly string[],
): string {
  const stem = sharedStem(taken) || skuPart(title).split('-').slice(0, 2).join('-') || 'ITEM';
  const ends = options.flatMap(({ name }) => (choice[name] ? [skuPart(choice[name])] : []));
  const base = [stem, ...ends].filter(Boolean).join('-').slice(0, MAX_SKU).replace(/-+$/, '');
  let sku = base;
  for (let n = 2; taken.includes(sku); n += 1) sku = `${base}-${n}`;
  return sku;
}

/** What a variant has before there is any of it. */
export const NO_STOCK: Variant['stock'] = { available: 0, reserved: 0, sold: 0, lowStockThreshold: null };

/** The variants after an option was given another name. */
export function withOptionRenamed(variants: readonly Variant[], from: string, to: string): Variant[] {
  return variants.map((variant) => ({
    ...variant,
    options: Object.fromEntries(
      Object.entries(variant.options).map(([name, value]) => [name === from ? to : name, value]),
    ),
  }));
}

/** Whether a variant's values all stand in a choice, which may have more. */
function goesWith(choice: Choice, { options }: VariantInput): boolean {
  return Object.entries(options).every(([name, value]) => choice[name] === value);
}

/**
 * The variants as complete choices: one from before an option was added takes the first choice that
 * goes with its values and is free, and so keeps its code and its stock.
 */
function completed(options: readonly ProductOption[], variants: readonly Variant[]): Variant[] {
  const free = missingChoices(options, variants);
  return variants.map((variant) => {
    if (isOffered(variant, options)) return variant;
    const at = free.findIndex((choice) => goesWith(choice, variant));
    const [choice] = at < 0 ? [] : free.splice(at, 1);
    return choice ? { ...variant, options: choice, title: choiceTitle(choice, options) } : variant;
  });
}

/** The variants with new ones for every missing choice, in the order of the options' values. */
export function withMissingVariants(
  title: string,
  options: readonly ProductOption[],
  variants: readonly Variant[],
): Variant[] {
  const known = completed(options, variants);
  const taken = known.map(({ sku }) => sku).filter((sku) => sku !== '');
  const named = (variant: Variant): Variant => {
    if (variant.sku !== '') return variant;
    const sku = proposeSku(title, variant.options, options, taken);
    taken.push(sku);
    return { ...variant, sku };
  };
  const made = missingChoices(options, known).map(
    (choice): Variant => ({
      sku: '',
      title: choiceTitle(choice, options),
      options: choice,
      // Without a sibling to go by the price stays open, and the form asks for it.
      price: (known[0]?.price ?? null) as Variant['price'],
      compareAtPrice: null,
      stock: NO_STOCK,
    }),
  );
  const order = allChoices(options);
  const place = ({ options: choice }: Variant) => {
    const at = order.findIndex((other) => sameChoice(other, choice));
    return at < 0 ? order.length : at;
  };
  return [...known, ...made].map(named).sort((a, b) => place(a) - place(b));
}

/** Why a variant cannot be taken off, where it cannot. */
export function whyKept({ stock }: Variant): string | undefined {
  if (stock.reserved > 0) return 'Pieces of it are reserved for orders.';
  if (stock.available > 0) return 'There is stock of it: adjust that to none first.';
  return undefined;
}
