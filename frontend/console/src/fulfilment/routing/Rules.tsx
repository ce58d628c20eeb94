import RemoveIcon from '@mui/icons-material/DeleteOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormLabel from '@mui/material/FormLabel';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { HttpError, useNotify } from 'react-admin';
import { messageOf } from '../../data/errors';
import { useDesk } from '../../data/useDesk';
import { Panel } from '../../parts/Panel';
import { RowLink } from '../../parts/RowLink';
import { RadioChoices } from '../parts/RadioChoices';
import { type ProductRule, type Routing, STRATEGIES, type Strategy } from '../types';
import { STRATEGY_WORDS } from '../words';
import { ProductPicker } from './ProductPicker';

/** What the query of the rules is kept by. */
export const ROUTING_KEY = ['routing'];

/** The most products with a strategy of their own. */
const MAX_PRODUCTS = 500;

function Rule({
  rule: { productId, title, strategy },
  onChange,
  onRemove,
}: {
  rule: ProductRule;
  onChange: (strategy: Strategy) => void;
  onRemove: () => void;
}) {
  const name = title ?? productId;
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1,
        alignItems: 'center',
        py: 1,
        borderTop: 1,
        borderColor: 'divider',
      }}
    >
      <Box sx={{ flex: '1 1 12rem', minWidth: 0 }}>
        <RowLink to={`/products/${encodeURIComponent(productId)}`}>{name}</RowLink>
      </Box>
      <TextField
        select
        value={strategy}
        onChange={(event) => onChange(event.target.value as Strategy)}
        sx={{ flex: '0 1 11rem' }}
        slotProps={{ select: { SelectDisplayProps: { 'aria-label': `Strategy for ${name}` } } }}
      >
        {STRATEGIES.map((known) => (
          <MenuItem key={known} value={known}>
            {STRATEGY_WORDS[known].name}
          </MenuItem>
        ))}
      </TextField>
      <IconButton aria-label={`Remove the strategy for ${name}`} onClick={onRemove}>
        <RemoveIcon />
      </IconButton>
    </Box>
  );
}

/** The rules, for the store and for single products. */
export function Rules({ loaded }: { loaded: Routing }) {
  const desk = useDesk();
  const notify = useNotify();
  const client = useQueryClient();
  const [rules, setRules] = useState(loaded);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const isDirty = JSON.stringify(rules) !== JSON.stringify(loaded);
  const isStale = problem instanceof HttpError && problem.status === 412;
  const setProducts = (products: ProductRule[]) => setRules({ ...rules, products });

  const save = async () => {
    setPending(true);
    setProblem(undefined);
    try {
      client.setQueryData(ROUTING_KEY, await desk.putRouting(rules));
      notify('The rules are saved. Orders planned from now on follow them.', { type: 'success' });
    } catch (failure) {
      setProblem(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <Panel
      title="Rules"
      action={
        <Button variant="contained" color="secondary" disabled={!isDirty} loading={pending} onClick={save}>
          Save the rules
        </Button>
      }
    >
      <Stack spacing={2.5}>
        {problem !== undefined && (
          <Alert
            severity="error"
            action={
              isStale && (
                <Button size="small" onClick={() => void client.invalidateQueries({ queryKey: ROUTING_KEY })}>
                  Reload
                </Button>
              )
            }
          >
            {isStale
              ? 'Somebody else saved the rules meanwhile. Reload them, then change them again.'
              : messageOf(problem)}
          </Alert>
        )}
        <RadioChoices
          label="For every product, unless listed below"
          value={rules.default}
          choices={STRATEGIES.map((id) => ({ id, ...STRATEGY_WORDS[id] }))}
          onChange={(strategy) => setRules({ ...rules, default: strategy })}
        />
        <Box>
          <FormLabel component="div">Products with a strategy of their own</FormLabel>
          <Box component="ul" sx={{ listStyle: 'none', m: 0, my: 1, p: 0 }}>
            {rules.products.map((rule, at) => (
              <Rule
                key={rule.productId}
                rule={rule}
                onChange={(strategy) =>
                  setProducts(
                    rules.products.map((other, place) => (place === at ? { ...other, strategy } : other)),
                  )
                }
                onRemove={() => setProducts(rules.products.filter((_rule, place) => place !== at))}
              />
            ))}
          </Box>
          {rules.products.length === 0 && <Box sx={{ mb: 1, color: 'text.secondary' }}>None.</Box>}
          <ProductPicker
            disabled={rules.products.length >= MAX_PRODUCTS}
            taken={rules.products.map(({ productId }) => productId)}
            onChoose={({ id, title }) =>
              setProducts([...rules.products, { productId: id, title, strategy: rules.default }])
            }
          />
        </Box>
      </Stack>
    </Panel>
  );
}
