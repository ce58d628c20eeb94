import type { ConsoleProduct, ProductInput } from '../api/types';

const orNull = (text: string | null | undefined) => (text?.trim() ? text.trim() : null);

/** What the API takes, of the values of a product's form. */
export function toProductInput(values: Partial<ConsoleProduct>): ProductInput {
  const slug = values.slug?.trim();
  return {
    title: values.title?.trim() ?? '',
    ...(slug && { slug }),
    description: values.description?.trim() ?? '',
    brand: values.brand?.slug ?? null,
    categories: (values.categories ?? []).map((category) => category.slug),
    status: values.status ?? 'draft',
    seo: { title: orNull(values.seo?.title), description: orNull(values.seo?.description) },
    options: (values.options ?? []).map(({ name, values: choices }) => ({
      name: name.trim(),
      values: choices,
    })),
    variants: (values.variants ?? []).map(({ sku, title, options, price, compareAtPrice }) => ({
      sku: sku.trim(),
      title: title.trim(),
      options,
      price,
      compareAtPrice: compareAtPrice ?? null,
    })),
    images: (values.images ?? []).map(({ id, alt }) => ({ id, alt: alt.trim() })),
  };
}
