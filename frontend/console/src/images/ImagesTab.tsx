import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { rectSortingStrategy, SortableContext, sortableKeyboardCoordinates } from '@dnd-kit/sortable';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useRef, useState } from 'react';
import { useDataProvider, useEditContext } from 'react-admin';
import { useFieldArray, useFormContext, useFormState } from 'react-hook-form';
import type { ConsoleProduct, ProductImage } from '../api/types';
import { Panel } from '../parts/Panel';
import { MAX_IMAGES } from '../products/options';
import { AltDialog, type Described } from './AltDialog';
import { adopted } from './adopt';
import { DropZone } from './DropZone';
import { fileSize, MAX_BYTES, TYPES } from './files';
import { ImageCard } from './ImageCard';
import { SendingRow } from './SendingRow';
import { useUploads } from './useUploads';

/** The pictures of a product: sent by drag or by button, ordered by drag or by keyboard. */
export function ImagesTab({ product }: { product: ConsoleProduct }) {
  const { fields, move, remove, insert } = useFieldArray<ConsoleProduct, 'images', 'key'>({
    name: 'images',
    keyName: 'key',
  });
  const { isDirty, errors } = useFormState<ConsoleProduct>();
  const form = useFormContext<ConsoleProduct>();
  const { refetch } = useEditContext();
  const dataProvider = useDataProvider();
  const [chosen, setChosen] = useState<readonly File[]>();
  const [removed, setRemoved] = useState<{ image: ProductImage; at: number }>();
  const announcer = useRef<HTMLDivElement>(null);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );

  // The function that looks at a picture adds it to the product, which is a version further then.
  const arrived = async () => {
    if (!isDirty) {
      await refetch();
      return;
    }
    const { data: current } = await dataProvider.getOne<ConsoleProduct>('products', { id: product.id });
    const { images, version } = adopted(product, form.getValues(), current);
    form.setValue('images', images, { shouldDirty: true });
    if (version !== undefined) form.setValue('version', version);
  };
  const { sending, send, drop } = useUploads(product.id, () => void arrived());

  const moveTo = (from: number, to: number) => {
    move(from, to);
    if (announcer.current) announcer.current.textContent = `Picture ${from + 1} is now number ${to + 1}.`;
  };
  const dragged = ({ active, over }: DragEndEvent) => {
    const from = fields.findIndex(({ key }) => key === active.id);
    const to = fields.findIndex(({ key }) => key === over?.id);
    if (from >= 0 && to >= 0 && from !== to) moveTo(from, to);
  };
  const take = (described: Described[]) => {
    setChosen(undefined);
    for (const { file, alt } of described) void send(file, alt);
  };
  const removeAt = (at: number) => {
    const image = form.getValues(`images.${at}`);
    setRemoved({ image, at });
    remove(at);
  };

  return (
    <Panel title="Pictures" intro={`The first one stands in lists. Up to ${MAX_IMAGES}.`}>
      <Stack spacing={2}>
        <DropZone multiple accept={TYPES.join(',')} button="Add pictures" onFiles={setChosen}>
          Or drop them here. JPEG, PNG or WebP, up to {fileSize(MAX_BYTES)} each.
        </DropZone>
        {errors.images?.root?.message && <Alert severity="error">{errors.images.root.message}</Alert>}
        {sending.map((one) => (
          <SendingRow key={one.key} of={one} onDismiss={() => drop(one.key)} />
        ))}
        {removed && (
          <Alert
            severity="info"
            action={
              <Button
                size="small"
                onClick={() => {
                  insert(Math.min(removed.at, fields.length), removed.image);
                  setRemoved(undefined);
                }}
              >
                Undo
              </Button>
            }
          >
            The picture goes when you save.
          </Alert>
        )}
        <div ref={announcer} role="status" style={{ position: 'absolute', clip: 'rect(0 0 0 0)' }} />
        <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={dragged}>
          <SortableContext items={fields.map(({ key }) => key)} strategy={rectSortingStrategy}>
            <Box
              component="ul"
              aria-label="Pictures in order"
              sx={{
                listStyle: 'none',
                m: 0,
                p: 0,
                display: 'grid',
                gap: 2,
                gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 240px), 1fr))',
              }}
            >
              {fields.map(({ key }, at) => (
                <ImageCard
                  key={key}
                  id={key}
                  at={at}
                  count={fields.length}
                  onMove={(to) => moveTo(at, to)}
                  onRemove={() => removeAt(at)}
                />
              ))}
            </Box>
          </SortableContext>
        </DndContext>
      </Stack>
      {chosen && <AltDialog files={chosen} onSend={take} onClose={() => setChosen(undefined)} />}
    </Panel>
  );
}
