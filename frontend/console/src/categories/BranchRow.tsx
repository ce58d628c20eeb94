import { useDraggable, useDroppable } from '@dnd-kit/core';
import AddIcon from '@mui/icons-material/Add';
import DownIcon from '@mui/icons-material/ArrowDownward';
import UpIcon from '@mui/icons-material/ArrowUpward';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import DragIcon from '@mui/icons-material/DragIndicator';
import EditIcon from '@mui/icons-material/EditOutlined';
import OutIcon from '@mui/icons-material/FormatIndentDecrease';
import InIcon from '@mui/icons-material/FormatIndentIncrease';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import type { ReactNode } from 'react';
import { RowLink } from '../parts/RowLink';
import { type Branch, MAX_DEPTH } from './tree';

function Act({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: (() => void) | undefined;
  children: ReactNode;
}) {
  return (
    <Tooltip title={onClick ? label : ''}>
      <span>
        <IconButton size="small" aria-label={label} disabled={!onClick} {...(onClick && { onClick })}>
          {children}
        </IconButton>
      </span>
    </Tooltip>
  );
}

const LINES = {
  before: 'inset 0 3px 0',
  behind: 'inset 0 -3px 0',
  into: 'inset 0 0 0 3px',
} as const;

/** One category of the tree. */
export function BranchRow({
  branch: { category, depth },
  isFirst,
  isHolding,
  busy,
  over,
  above,
  onUp,
  onDown,
  onIn,
  onOut,
  onAdd,
  onEdit,
  onDelete,
}: {
  branch: Branch;
  isFirst: boolean;
  /** Whether others stand in it. */
  isHolding: boolean;
  busy: boolean;
  over?: { where: keyof typeof LINES; may: boolean };
  /** The sibling above, into which it may go. */
  above?: string;
  onUp?: () => void;
  onDown?: () => void;
  onIn?: () => void;
  onOut?: () => void;
  onAdd: () => void;
  onEdit: () => void;
  onDelete: () => void;
}) {
  const { slug, title, productCount } = category;
  const draggable = useDraggable({ id: slug, disabled: busy });
  const droppable = useDroppable({ id: slug });
  const free = (work: (() => void) | undefined) => (busy ? undefined : work);
  const isEmpty = productCount === 0 && !isHolding;
  return (
    <Box
      component="li"
      ref={(element: HTMLElement | null) => {
        draggable.setNodeRef(element);
        droppable.setNodeRef(element);
      }}
      data-slug={slug}
      data-depth={depth}
      sx={{
        display: 'flex',
        flexWrap: { xs: 'wrap', sm: 'nowrap' },
        alignItems: 'center',
        gap: 0.5,
        py: 0.75,
        pr: 1.5,
        pl: { xs: 0.5 + depth * 1.5, sm: 1 + depth * 4 },
        borderTop: isFirst ? 0 : 1,
        borderColor: 'divider',
        opacity: draggable.isDragging ? 0.45 : 1,
        ...(over && {
          boxShadow: (theme) =>
            `${LINES[over.where]} ${over.may ? theme.palette.secondary.main : theme.palette.error.main}`,
        }),
      }}
    >
      <IconButton
        size="small"
        ref={draggable.setActivatorNodeRef}
        {...draggable.listeners}
        tabIndex={-1}
        aria-hidden="true"
        sx={{ cursor: 'grab', touchAction: 'none' }}
      >
        <DragIcon fontSize="small" />
      </IconButton>
      <Box sx={{ flex: '1 1 10rem', minWidth: 0 }}>
        <Box sx={{ fontWeight: depth === 0 ? 700 : 500, overflowWrap: 'anywhere' }}>{title}</Box>
        <RowLink
          to={`/products?filter=${encodeURIComponent(JSON.stringify({ category: slug }))}`}
          sx={{ fontSize: '0.8125rem', fontWeight: 400, color: 'text.secondary' }}
        >
          {productCount === 1 ? 'One product' : `${productCount} products`}
        </RowLink>
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', ml: 'auto' }}>
        <Act label={`Move ${title} up`} onClick={free(onUp)}>
          <UpIcon fontSize="small" />
        </Act>
        <Act label={`Move ${title} down`} onClick={free(onDown)}>
          <DownIcon fontSize="small" />
        </Act>
        <Act label={`Move ${title} out a level`} onClick={free(onOut)}>
          <OutIcon fontSize="small" />
        </Act>
        <Act label={above ? `Move ${title} into ${above}` : `Move ${title} in a level`} onClick={free(onIn)}>
          <InIcon fontSize="small" />
        </Act>
        <Act label={`Add a category in ${title}`} onClick={depth + 1 < MAX_DEPTH ? free(onAdd) : undefined}>
          <AddIcon fontSize="small" />
        </Act>
        <Act label={`Edit ${title}`} onClick={free(onEdit)}>
          <EditIcon fontSize="small" />
        </Act>
        <Act label={`Delete ${title}`} onClick={isEmpty ? free(onDelete) : undefined}>
          <DeleteIcon fontSize="small" />
        </Act>
      </Box>
    </Box>
  );
}
