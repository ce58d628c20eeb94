import type { DataProvider, GetListParams, GetListResult, Identifier, RaRecord } from 'react-admin';
import type { Http } from '../api/http';
import type { Page } from '../api/types';
import { Cursors } from './cursors';
import { type Desk, desk } from './desk';
import { toHttpError } from './errors';
import { RESOURCES, type Resource } from './resources';

/** react-admin's data provider over our API, and what our API can beyond it. */
export type ConsoleProvider = DataProvider & Desk;

/** Rows on a page of a list. */
export const PAGE_SIZE = 25;

function resourceOf(name: string): Resource {
  const resource = RESOURCES[name];
  if (!resource) throw new Error(`There is no resource "${name}".`);
  return resource;
}

const withId = (resource: Resource, item: Record<string, unknown>): RaRecord => ({
  ...item,
  id: (resource.key ? item[resource.key] : item.id) as Identifier,
});

/** react-admin lets the caller say what type a record is of. */
const given = <T>(record: RaRecord): T => record as T;

const pathOf = (resource: Resource, id: Identifier) => `${resource.path}/${encodeURIComponent(id)}`;

/** Makes the console's data provider. Every method fails with an error that react-admin understands. */
export function createProvider(http: Http): ConsoleProvider {
  const cursors = new Cursors();

  async function getList<T extends RaRecord>(name: string, params: GetListParams): Promise<GetListResult<T>> {
    const resource = resourceOf(name);
    const { page, perPage } = params.pagination ?? { page: 1, perPage: PAGE_SIZE };
    const filter: Record<string, unknown> = params.filter ?? {};
    const query = {
      ...(resource.query?.(filter) ?? (filter as Record<string, string>)),
      ...(resource.limited && { limit: perPage }),
    };
    const { items, hasNextPage } = await cursors.page(
      `${name}?${JSON.stringify(query)}`,
      page,
      async (cursor) => {
        const { data } = await http<Page<Record<string, unknown>>>('GET', resource.path, {
          query: { ...query, cursor },
          signal: params.signal,
        });
        return data;
      },
    );
    return {
      data: items.map((item) => given(withId(resource, item))),
      pageInfo: { hasNextPage, hasPreviousPage: page > 1 },
    };
  }

  async function getOne(name: string, id: Identifier, signal?: AbortSignal) {
    const resource = resourceOf(name);
    const { data } = await http<Record<string, unknown>>('GET', pathOf(resource, id), { signal });
    return withId(resource, data);
  }

  const provider: DataProvider = {
    supportAbortSignal: true,
    getList: (name, params) => getList(name, params),
    getOne: async (name, { id, signal }) => ({ data: given(await getOne(name, id, signal)) }),
    getMany: async (name, { ids, signal }) => ({
      data: (await Promise.all(ids.map((id) => getOne(name, id, signal)))).map((record) => given(record)),
    }),
    getManyReference: (name, { target, id, filter, pagination, sort, signal }) =>
      getList(name, {
        pagination,
        sort,
        filter: { ...filter, [target]: id },
        ...(signal && { signal }),
      }),
    create: async (name, { data }) => {
      const resource = resourceOf(name);
      const body = resource.create ? resource.create(data as never) : data;
      const answer = await http<Record<string, unknown>>('POST', resource.path, { body });
      return { data: given(withId(resource, answer.data)) };
    },
    update: async (name, { id, data, previousData }) => {
      const resource = resourceOf(name);
      const body = resource.change ? resource.change({ ...previousData, ...data } as never) : data;
      // The version that the form was filled from, which a later look at the record does not change.
      const version: unknown = data.version ?? previousData?.version;
      const answer = await http<Record<string, unknown>>('PUT', pathOf(resource, id), {
        body,
        ...(typeof version === 'number' && { version }),
      });
      return { data: given(withId(resource, answer.data)) };
    },
    delete: async (name, { id, previousData }) => {
      await http('DELETE', pathOf(resourceOf(name), id), {
        ...(typeof previousData?.version === 'number' && { version: previousData.version }),
      });
      return { data: given(previousData ?? { id }) };
    },
    updateMany: () => Promise.reject(new Error('Products are changed together by bulkEditProducts.')),
    deleteMany: () => Promise.reject(new Error('Nothing is deleted in bulk.')),
  };

  return translated({ ...provider, ...desk(http) });
}

/** The same provider, failing with react-admin's errors. */
function translated(provider: ConsoleProvider): ConsoleProvider {
  return Object.fromEntries(
    Object.entries(provider).map(([name, member]) => [
      name,
      typeof member === 'function'
        ? async (...args: unknown[]) => {
            try {
              return await member(...args);
            } catch (error) {
              throw toHttpError(error);
            }
          }
        : member,
    ]),
  ) as ConsoleProvider;
}
