import { useDesk } from '../data/useDesk';
import { ExportButton } from './ExportButton';

/** Downloads the whole catalogue as CSV. */
export function ExportCatalogue() {
  const desk = useDesk();
  return <ExportButton what="The catalogue is" fileName="products" fetchPage={desk.exportProducts} />;
}
