import { useGetList } from 'react-admin';
import type { Brand, Category } from '../api/types';
import { type Choice, FilterBar, SearchFilter, SelectFilter, TabsFilter } from '../parts/Filters';

export const STATUSES: readonly Choice[] = [
  { id: 'active', name: 'Active' },
  { id: 'draft', name: 'Draft' },
  { id: 'archived', name: 'Archived' },
];

/** More than there may be categories. */
export const ALL_OF_THEM = { pagination: { page: 1, perPage: 1000 } };

/** How deep a category stands in the others. */
function depthOf(category: Category, all: readonly Category[]): number {
  const parent = all.find(({ slug }) => slug === category.parent);
  return parent ? 1 + depthOf(parent, all) : 0;
}

/** The categories as choices, each indented below the one that it stands in. */
export function useCategoryChoices(): Choice[] {
  const { data = [] } = useGetList<Category & { id: string }>('categories', ALL_OF_THEM);
  return data.map((category) => ({
    id: category.slug,
    name: `${'\u2003'.repeat(depthOf(category, data))}${category.title}`,
  }));
}

export function useBrandChoices(): Choice[] {
  const { data = [] } = useGetList<Brand & { id: string }>('brands', ALL_OF_THEM);
  return data.map(({ slug, title }) => ({ id: slug, name: title }));
}

export function ProductFilters() {
  return (
    <FilterBar>
      <SearchFilter source="q" label="Find" hint="Name, SKU or address" />
      <TabsFilter source="status" label="Status" choices={STATUSES} all="All" />
      <SelectFilter source="category" label="Category" choices={useCategoryChoices()} all="All categories" />
      <SelectFilter source="brand" label="Brand" choices={useBrandChoices()} all="All brands" />
    </FilterBar>
  );
}
