import { render, screen } from '@testing-library/react';
import { CoreAdminContext, ListContextProvider, type ListControllerResult } from 'react-admin';
import { MemoryRouter } from 'react-router-dom';
import { expect, it } from 'vitest';
import { ListBody } from './ListParts';

function show(list: Partial<ListControllerResult>) {
  const value = { data: [], page: 1, hasNextPage: false, filterValues: {}, ...list } as ListControllerResult;
  render(
    <MemoryRouter>
      <CoreAdminContext>
        <ListContextProvider value={value}>
          <ListBody empty="Nothing at all">The rows</ListBody>
        </ListContextProvider>
      </CoreAdminContext>
    </MemoryRouter>,
  );
}

it.each<[string, Partial<ListControllerResult>]>([
  ['Nothing at all', {}],
  ['Nothing matches', { filterValues: { status: 'stopped' } }],
  ['Nothing on this page', { filterValues: { status: 'stopped' }, hasNextPage: true }],
  ['The rows', { data: [{ id: 'a' }] }],
  ['This could not be loaded', { error: new Error('No') } as Partial<ListControllerResult>],
])('says “%s” for %j', (words, list) => {
  show(list);
  expect(screen.getByText(words)).toBeDefined();
});

it('leads on from a page that is empty', () => {
  show({ hasNextPage: true });
  expect(screen.getByRole('button', { name: 'Next' }).hasAttribute('disabled')).toBe(false);
});
