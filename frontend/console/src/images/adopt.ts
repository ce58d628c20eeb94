import type { ConsoleProduct } from '../api/types';
import { same } from '../data/differences';

/** What a new picture, and only that, changes of a product. */
const BY_A_PICTURE: readonly (keyof ConsoleProduct)[] = ['images', 'version', 'updatedAt', 'variants'];

const withoutStock = ({ variants }: ConsoleProduct) =>
  variants.map(({ stock: _stock, ...variant }) => variant);

/**
 * Takes pictures that arrived while a form was being edited into it. The version is the current one
 * if nothing else changed; where something did, it stays away, so that saving tells of the conflict.
 */
export function adopted(
  base: ConsoleProduct,
  form: ConsoleProduct,
  current: ConsoleProduct,
): { images: ConsoleProduct['images']; version: number | undefined } {
  const known = new Set([...base.images, ...form.images].map(({ url }) => url));
  const images = [...form.images, ...current.images.filter(({ url }) => !known.has(url))];
  const names = Object.keys(current) as (keyof ConsoleProduct)[];
  const isOnlyPictures =
    names.every((name) => BY_A_PICTURE.includes(name) || same(base[name], current[name])) &&
    same(withoutStock(base), withoutStock(current));
  return { images, version: isOnlyPictures ? current.version : undefined };
}
