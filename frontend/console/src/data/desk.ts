import type { Http } from '../api/http';
import type { NewPartnerKey, PartnerKey, PartnerKeyInput } from '../api/people';
import type {
  BulkChange,
  BulkResult,
  ImageUpload,
  ImportMode,
  Page,
  ProductImport,
  StockAdjustment,
  StockEntry,
  StockItem,
  Synonyms,
  Upload,
} from '../api/types';
import { fulfilmentDesk } from '../fulfilment/api';
import { pacedDesk } from '../fulfilment/paced/api';
import { operationsDesk } from '../operations/api';
import { webhooksDesk } from '../webhooks/api';

/** No more products than these are changed by one bulk edit. */
export const MAX_BULK = 50;

/** A page of an export as CSV. */
export interface CsvPage {
  csv: string;
  nextCursor: string | null;
}

/** The parts of our API that are more than reading and writing of records. */
export function desk(http: Http) {
  const stock = (sku: string) => `/api/console/stock/${encodeURIComponent(sku)}`;
  return {
    ...fulfilmentDesk(http),
    ...pacedDesk(http),
    ...operationsDesk(http),
    ...webhooksDesk(http),
    bulkEditProducts: async (ids: readonly string[], change: BulkChange): Promise<BulkResult[]> => {
      const { data } = await http<{ results: BulkResult[] }>('POST', '/api/console/products/bulk', {
        body: { ids, change },
      });
      return data.results;
    },
    adjustStock: async (
      sku: string,
      adjustment: StockAdjustment,
      idempotencyKey: string,
    ): Promise<StockEntry> => {
      const { data } = await http<StockEntry>('POST', `${stock(sku)}/adjustments`, {
        body: adjustment,
        idempotencyKey,
      });
      return data;
    },
    setStockThreshold: async (sku: string, threshold: number | null): Promise<StockItem> => {
      const { data } = await http<StockItem>('PUT', `${stock(sku)}/threshold`, { body: { threshold } });
      return data;
    },
    listStockHistory: async (
      sku: string,
      cursor?: string,
      signal?: AbortSignal,
    ): Promise<Page<StockEntry>> => {
      const { data } = await http<Page<StockEntry>>('GET', `${stock(sku)}/history`, {
        query: { cursor },
        signal,
      });
      return data;
    },
    createImageUpload: async (
      productId: string,
      file: { fileName: string; contentType: string; bytes: number; alt: string },
    ): Promise<Upload> => {
      const path = `/api/console/products/${encodeURIComponent(productId)}/image-uploads`;
      const { data } = await http<Upload>('POST', path, { body: file });
      return data;
    },
    getImageUpload: async (id: string, signal?: AbortSignal): Promise<ImageUpload> => {
      const { data } = await http<ImageUpload>(
        'GET',
        `/api/console/image-uploads/${encodeURIComponent(id)}`,
        {
          signal,
        },
      );
      return data;
    },
    createProductImport: async (file: {
      fileName: string;
      bytes: number;
      mode: ImportMode;
    }): Promise<Upload> => {
      const { data } = await http<Upload>('POST', '/api/console/product-imports', { body: file });
      return data;
    },
    getProductImport: async (id: string, signal?: AbortSignal): Promise<ProductImport> => {
      const path = `/api/console/product-imports/${encodeURIComponent(id)}`;
      const { data } = await http<ProductImport>('GET', path, { signal });
      return data;
    },
    exportProducts: async (cursor?: string, signal?: AbortSignal): Promise<CsvPage> => {
      const { data, headers } = await http<string>('GET', '/api/console/product-export', {
        query: { cursor },
        signal,
      });
      return { csv: data, nextCursor: headers.get('x-next-cursor') };
    },
    createPartnerKey: async (key: PartnerKeyInput): Promise<NewPartnerKey> => {
      const { data } = await http<NewPartnerKey>('POST', '/api/console/partner-keys', { body: key });
      return data;
    },
    revokePartnerKey: async (id: PartnerKey['id']): Promise<void> => {
      await http('DELETE', `/api/console/partner-keys/${encodeURIComponent(id)}`);
    },
    getSynonyms: async (signal?: AbortSignal): Promise<Synonyms> => {
      const { data } = await http<Synonyms>('GET', '/api/console/synonyms', { signal });
      return data;
    },
    putSynonyms: async (groups: string[][], version: number): Promise<Synonyms> => {
      const { data } = await http<Synonyms>('PUT', '/api/console/synonyms', { body: { groups }, version });
      return data;
    },
  };
}

/** What the data provider has beyond react-admin's methods. */
export type Desk = ReturnType<typeof desk>;
