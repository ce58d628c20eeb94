import type { Category } from '../api/types';

/** How deep categories may stand in each other. */
export const MAX_DEPTH = 3;

/** A category in its place. */
export interface Branch {
  category: Category;
  /** 0 at the top. */
  depth: number;
  /** Its place among its siblings, from 0, and how many they are. */
  place: number;
  siblings: number;
}

/** Where a category goes: below which other (null is the top) and at which place there. */
export interface Destination {
  parent: string | null;
  position: number;
}

const byPosition = (a: Category, b: Category) =>
  a.position - b.position || a.title.localeCompare(b.title) || a.slug.localeCompare(b.slug);

/** Those right below one, in order. */
export function childrenOf(parent: string | null, all: readonly Category[]): Category[] {
  return all.filter((category) => (category.parent ?? null) === parent).sort(byPosition);
}

/** All of them, each before those that stand in it. */
export function inOrder(all: readonly Category[], parent: string | null = null, depth = 0): Branch[] {
  const children = childrenOf(parent, all);
  return children.flatMap((category, place) => [
    { category, depth, place, siblings: children.length },
    ...inOrder(all, category.slug, depth + 1),
  ]);
}

/** A category and all that stand in it. */
export function subtree(slug: string, all: readonly Category[]): Set<string> {
  return new Set([slug, ...childrenOf(slug, all).flatMap((child) => [...subtree(child.slug, all)])]);
}

function depthOf(slug: string | null, all: readonly Category[]): number {
  const category = all.find((other) => other.slug === slug);
  return category ? 1 + depthOf(category.parent, all) : 0;
}

function heightOf(slug: string, all: readonly Category[]): number {
  return 1 + Math.max(0, ...childrenOf(slug, all).map((child) => heightOf(child.slug, all)));
}

/** Whether a category may go below another without a circle or too deep a tree. */
export function mayStandIn(slug: string, parent: string | null, all: readonly Category[]): boolean {
  if (parent === null) return true;
  return !subtree(slug, all).has(parent) && depthOf(parent, all) + heightOf(slug, all) <= MAX_DEPTH;
}

/** Where a new category may be put: what is not at the bottom yet. */
export function mayHold(all: readonly Category[]): Category[] {
  return inOrder(all)
    .filter(({ depth }) => depth + 1 < MAX_DEPTH)
    .map(({ category }) => category);
}

/** Where it goes when it is dropped right before, right behind or into another; undefined where it may not. */
export function dropped(
  slug: string,
  target: string,
  where: 'before' | 'behind' | 'into',
  all: readonly Category[],
): Destination | undefined {
  const on = all.find((category) => category.slug === target);
  if (!on || slug === target) return undefined;
  const parent = where === 'into' ? on.slug : on.parent;
  if (!mayStandIn(slug, parent, all)) return undefined;
  const others = childrenOf(parent, all).filter((category) => category.slug !== slug);
  if (where === 'into') return { parent, position: others.length };
  const at = others.findIndex((category) => category.slug === target);
  return { parent, position: where === 'before' ? at : at + 1 };
}

/** The tree after a move, as the API will have it: siblings make room. */
export function moved(all: readonly Category[], slug: string, { parent, position }: Destination): Category[] {
  const others = childrenOf(parent, all).filter((category) => category.slug !== slug);
  const order = others.map((category) => category.slug);
  order.splice(position, 0, slug);
  return all.map((category) => {
    if (category.slug === slug) return { ...category, parent, position: order.indexOf(slug) };
    return category.parent === parent ? { ...category, position: order.indexOf(category.slug) } : category;
  });
}
