import { minorDigits, type Product, type Ref, toDecimal } from '@ironmonger/api';

const CONTEXT = 'https://schema.org';

/** A product as search engines read it: its offers, and its rating where it has one. */
export function productData(product: Product, origin: string): Record<string, unknown> {
  const { title, description, brand, images, variants, rating, slug } = product;
  const address = `${origin}/products/${encodeURIComponent(slug)}`;
  return {
    '@context': CONTEXT,
    '@type': 'Product',
    name: title,
    description,
    url: address,
    image: images.map(({ url }) => new URL(url, origin).href),
    ...(brand && { brand: { '@type': 'Brand', name: brand.title } }),
    offers: variants.map(({ sku, price, available }) => ({
      '@type': 'Offer',
      sku,
      url: variants.length > 1 ? `${address}?sku=${encodeURIComponent(sku)}` : address,
      price: toDecimal(price.amount, minorDigits(price.currency)),
      priceCurrency: price.currency,
      itemCondition: `${CONTEXT}/NewCondition`,
      availability: `${CONTEXT}/${available > 0 ? 'InStock' : 'OutOfStock'}`,
    })),
    ...(rating &&
      rating.count > 0 && {
        aggregateRating: {
          '@type': 'AggregateRating',
          ratingValue: rating.average,
          reviewCount: rating.count,
          bestRating: 5,
          worstRating: 1,
        },
      }),
  };
}

/** The way to a product as search engines read it. */
export function breadcrumbData(
  path: readonly Ref[],
  product: Product,
  origin: string,
): Record<string, unknown> {
  const steps = [
    { name: 'Shop', item: `${origin}/` },
    ...path.map(({ slug, title }) => ({
      name: title,
      item: `${origin}/category/${encodeURIComponent(slug)}`,
    })),
    { name: product.title, item: `${origin}/products/${encodeURIComponent(product.slug)}` },
  ];
  return {
    '@context': CONTEXT,
    '@type': 'BreadcrumbList',
    itemListElement: steps.map((step, index) => ({ '@type': 'ListItem', position: index + 1, ...step })),
  };
}

/** JSON that cannot end the element it stands in, whatever a title holds. */
export function embedded(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
