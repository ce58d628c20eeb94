import {
  type Announcements,
  DndContext,
  type DragEndEvent,
  type DragOverEvent,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import Box from '@mui/material/Box';
import { useState } from 'react';
import type { Category } from '../api/types';
import { BranchRow } from './BranchRow';
import { type Destination, dropped, inOrder, mayStandIn } from './tree';

/** Which part of a row one points at: its head, its middle or its foot. */
type Where = 'before' | 'into' | 'behind';

interface Pointed {
  target: string;
  where: Where;
}

/** The head and the foot of a row, as parts of its height. */
const EDGE = 0.28;

function pointed({ active, over, activatorEvent, delta }: DragOverEvent | DragEndEvent): Pointed | undefined {
  if (!over || over.id === active.id) return undefined;
  const start = activatorEvent instanceof PointerEvent ? activatorEvent.clientY : 0;
  const into = (start + delta.y - over.rect.top) / over.rect.height;
  const where = into < EDGE ? 'before' : into > 1 - EDGE ? 'behind' : 'into';
  return { target: String(over.id), where };
}

/** Screen readers use the buttons, whose outcome is told by the page. */
const silent: Announcements = {
  onDragStart: () => undefined,
  onDragOver: () => undefined,
  onDragEnd: () => undefined,
  onDragCancel: () => undefined,
};

/** The rows of the tree, to be dragged or moved by their buttons. */
export function Branches({
  all,
  busy,
  onMove,
  onAdd,
  onEdit,
  onDelete,
}: {
  all: readonly Category[];
  busy: boolean;
  onMove: (category: Category, to: Destination) => void;
  onAdd: (parent: string) => void;
  onEdit: (category: Category) => void;
  onDelete: (category: Category) => void;
}) {
  const [over, setOver] = useState<Pointed & { may: boolean }>();
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }));
  const branches = inOrder(all);

  const destination = (slug: string, at: Pointed | undefined) =>
    at && dropped(slug, at.target, at.where, all);
  const hover = (event: DragOverEvent) => {
    const at = pointed(event);
    setOver(at && { ...at, may: destination(String(event.active.id), at) !== undefined });
  };
  const drop = (event: DragEndEvent) => {
    setOver(undefined);
    const category = all.find(({ slug }) => slug === event.active.id);
    const to = destination(String(event.active.id), pointed(event));
    if (category && to) onMove(category, to);
  };

  return (
    <DndContext
      sensors={sensors}
      accessibility={{ announcements: silent }}
      onDragMove={hover}
      onDragEnd={drop}
      onDragCancel={() => setOver(undefined)}
    >
      <Box component="ul" aria-label="Categories" aria-busy={busy} sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {branches.map((branch, index) => {
          const { category, depth, place } = branch;
          const { slug, parent } = category;
          const siblings = branches.filter((other) => other.category.parent === parent);
          const above = siblings[place - 1]?.category;
          const holder = branches.find((other) => other.category.slug === parent);
          return (
            <BranchRow
              key={slug}
              branch={branch}
              isFirst={index === 0}
              busy={busy}
              {...(over?.target === slug && { over })}
              {...(place > 0 && { onUp: () => onMove(category, { parent, position: place - 1 }) })}
              {...(place < branch.siblings - 1 && {
                onDown: () => onMove(category, { parent, position: place + 1 }),
              })}
              {...(above &&
                mayStandIn(slug, above.slug, all) && {
                  onIn: () => onMove(category, { parent: above.slug, position: all.length }),
                  above: above.title,
                })}
              {...(depth > 0 &&
                holder && {
                  onOut: () =>
                    onMove(category, { parent: holder.category.parent, position: holder.place + 1 }),
                })}
              onAdd={() => onAdd(slug)}
              onEdit={() => onEdit(category)}
              onDelete={() => onDelete(category)}
              isHolding={branches.some((other) => other.category.parent === slug)}
            />
          );
        })}
      </Box>
    </DndContext>
  );
}
