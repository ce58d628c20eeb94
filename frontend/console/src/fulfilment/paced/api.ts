import type { Http } from '../../api/http';
import type { PacedChange, PacedDetail, PacedInput, Plan, PlanPreview } from './types';

const ROOT = '/api/console/fulfilment/paced-orders';

/** What one asks of paced orders beyond reading them. */
export function pacedDesk(http: Http) {
  return {
    previewPlan: async (plan: { sku: string; plan: Plan }, signal?: AbortSignal): Promise<PlanPreview> =>
      (await http<PlanPreview>('POST', `${ROOT}/preview`, { body: plan, signal })).data,
    createPacedOrder: async (input: PacedInput, idempotencyKey: string): Promise<PacedDetail> =>
      (await http<PacedDetail>('POST', ROOT, { body: input, idempotencyKey })).data,
    /** Changes the state of the version that was looked at. */
    setPacedStatus: async (
      { id, version }: Pick<PacedDetail, 'id' | 'version'>,
      status: PacedChange,
      note: string | null,
    ): Promise<PacedDetail> => {
      const path = `${ROOT}/${encodeURIComponent(id)}/status`;
      return (await http<PacedDetail>('PUT', path, { body: { status, note }, version })).data;
    },
  };
}
