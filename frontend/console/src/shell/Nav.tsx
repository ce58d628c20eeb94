import Box from '@mui/material/Box';
import { NavLink } from 'react-router-dom';
import { useMayUse } from '../auth/useUser';
import { colours, labelCaps } from '../theme/colours';
import { NAV, type NavItem } from './nav';

function Item({ item: { to, label, icon: Icon }, onGo }: { item: NavItem; onGo: () => void }) {
  return (
    <Box component="li">
      <Box
        component={NavLink}
        to={to}
        end={to === '/'}
        onClick={onGo}
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1.5,
          px: 1.5,
          py: '9px',
          borderRadius: 1,
          color: '#ffffffe6',
          fontWeight: 550,
          fontSize: '0.9375rem',
          lineHeight: 1.3,
          textDecoration: 'none',
          '&:hover': { backgroundColor: colours.enamel700, color: '#fff' },
          '&[aria-current=page]': {
            backgroundColor: colours.enamel700,
            color: colours.tape400,
            boxShadow: `inset 4px 0 0 ${colours.tape400}`,
          },
        }}
      >
        <Icon sx={{ fontSize: 20 }} aria-hidden="true" />
        {label}
      </Box>
    </Box>
  );
}

/** The console's sections, less those that whoever is signed in has no business in. */
export function Nav({ onGo }: { onGo: () => void }) {
  const mayUse = useMayUse();
  const sections = NAV.map(({ title, items }) => ({
    title,
    items: items.filter(({ resource }) => mayUse(resource)),
  })).filter(({ items }) => items.length > 0);
  return (
    <Box component="nav" aria-label="Console" sx={{ px: 1.5, pb: 2 }}>
      {sections.map(({ title, items }) => (
        <Box key={title ?? 'top'} sx={{ mt: title ? 2.25 : 0 }}>
          {title && (
            <Box component="h2" sx={{ ...labelCaps, color: colours.enamel300, px: 1.5, m: 0, mb: 0.5 }}>
              {title}
            </Box>
          )}
          <Box
            component="ul"
            sx={{ listStyle: 'none', m: 0, p: 0, display: 'flex', flexDirection: 'column', gap: '2px' }}
          >
            {items.map((item) => (
              <Item key={item.to} item={item} onGo={onGo} />
            ))}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
