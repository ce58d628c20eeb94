import type { ConsoleProduct, Variant } from '../api/types';
import type { Messages } from '../lib/resolver';
import { isMoney, type MoneyValue } from '../parts/MoneyInput';
import { isOffered, MAX_CATEGORIES, MAX_OPTIONS, MAX_VARIANTS, sameChoice } from './options';

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const NO_AMOUNT = 'Type an amount such as 18.99.';

function priceError(value: MoneyValue | undefined): string | undefined {
  if (value === null || value === undefined) return 'Give a price.';
  if (!isMoney(value) || value.amount < 0) return NO_AMOUNT;
  return undefined;
}

function compareError(value: MoneyValue | undefined, price: MoneyValue | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (!isMoney(value)) return NO_AMOUNT;
  if (isMoney(price ?? null) && value.amount <= (price as { amount: number }).amount) {
    return 'Must be above the price.';
  }
  return undefined;
}

function variantMessages(variant: Variant, at: number, product: Partial<ConsoleProduct>): Messages {
  const variants = product.variants ?? [];
  const sku = variant.sku?.trim() ?? '';
  const isTwice = variants.some((other, place) => place !== at && other.sku?.trim() === sku);
  const isSame = variants.some((other, place) => place < at && sameChoice(other.options, variant.options));
  return {
    sku: sku === '' ? 'Give a stock code.' : isTwice ? 'Another variant has this code.' : undefined,
    options: !isOffered(variant, product.options ?? [])
      ? 'Not among the options any more: take it off, or give the value back.'
      : isSame
        ? 'Another variant stands for this choice.'
        : undefined,
    price: priceError(variant.price),
    compareAtPrice: compareError(variant.compareAtPrice, variant.price),
  };
}

function nameError(names: readonly string[], at: number): string | undefined {
  const name = names[at] ?? '';
  if (name === '') return 'Give the option a name.';
  return names.indexOf(name) < at ? 'Another option has this name.' : undefined;
}

/** What can be said of a product's form before the API is asked. */
export function validateProduct(product: Partial<ConsoleProduct>): Messages {
  const options = product.options ?? [];
  const variants = product.variants ?? [];
  const names = options.map(({ name }) => name?.trim() ?? '');
  const slug = product.slug?.trim() ?? '';
  const categories = product.categories?.length ?? 0;
  return {
    title: product.title?.trim() ? undefined : 'Give a name.',
    slug: slug !== '' && !SLUG.test(slug) ? 'Small letters, digits and hyphens only.' : undefined,
    categories:
      categories === 0
        ? 'Choose at least one category.'
        : categories > MAX_CATEGORIES
          ? `Choose at most ${MAX_CATEGORIES} categories.`
          : undefined,
    options:
      options.length > MAX_OPTIONS
        ? { root: `A product has at most ${MAX_OPTIONS} options.` }
        : options.map(({ values }, at) => ({
            name: nameError(names, at),
            values: (values ?? []).length === 0 ? 'Add at least one value.' : undefined,
          })),
    variants:
      variants.length === 0
        ? { root: 'A product needs at least one variant.' }
        : variants.length > MAX_VARIANTS
          ? { root: `A product has at most ${MAX_VARIANTS} variants.` }
          : variants.map((variant, at) => variantMessages(variant, at, product)),
    images: (product.images ?? []).map(({ alt }) => ({
      alt: alt?.trim() ? undefined : 'Say what the picture shows.',
    })),
  };
}
