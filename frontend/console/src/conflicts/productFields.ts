import { formatMoney } from '@ironmonger/api';
import type { ConsoleProduct, ProductImage, ProductOption, Titled, VariantInput } from '../api/types';
import type { Fields } from './conflict';

const LABELS: Readonly<Record<string, string>> = {
  title: 'Name',
  slug: 'Address',
  description: 'Description',
  status: 'Status',
  brand: 'Brand',
  categories: 'Categories',
  'seo.title': 'Title for search engines',
  'seo.description': 'Description for search engines',
  options: 'Options',
  variants: 'Variants',
  images: 'Pictures',
};

function pick(product: ConsoleProduct): Record<string, unknown> {
  const { title, slug, description, status, brand, categories, seo, options, variants, images } = product;
  return {
    title,
    slug,
    description,
    status,
    // In a list of its own, so that a brand counts as one value rather than as two fields.
    brand: brand ? [brand] : null,
    categories,
    seo: { title: seo?.title ?? null, description: seo?.description ?? null },
    options: options ?? [],
    variants: (variants ?? []).map(({ stock: _stock, ...variant }) => variant),
    images: (images ?? []).map(({ id, alt }) => ({ id, alt })),
  };
}

const variantLine = ({ sku, title, price, compareAtPrice }: VariantInput) =>
  `${sku}${title ? ` · ${title}` : ''} · ${price ? formatMoney(price) : 'no price'}${
    compareAtPrice ? ` instead of ${formatMoney(compareAtPrice)}` : ''
  }`;

function describe(path: string, value: unknown): string[] {
  if (value === null || value === undefined || value === '') return ['(nothing)'];
  switch (path) {
    case 'brand':
    case 'categories':
      return [(value as Titled[]).map(({ title }) => title).join(', ') || '(none)'];
    case 'options':
      return (value as ProductOption[]).map(({ name, values }) => `${name}: ${values.join(', ')}`);
    case 'variants':
      return (value as VariantInput[]).map(variantLine);
    case 'images':
      return (value as ProductImage[]).map(({ alt }, at) => `${at + 1}. ${alt}`);
    default:
      return String(value).split('\n');
  }
}

/** How the differences between two editors' states of a product read. */
export const productFields: Fields<ConsoleProduct> = {
  pick,
  label: (path) => LABELS[path] ?? path,
  describe,
};
