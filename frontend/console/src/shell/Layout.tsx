import CloseIcon from '@mui/icons-material/Close';
import MenuIcon from '@mui/icons-material/Menu';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import { type ReactNode, Suspense, useState } from 'react';
import type { LayoutProps } from 'react-admin';
import { Link, useLocation } from 'react-router-dom';
import { Waiting } from '../parts/Waiting';
import { colours, tape } from '../theme/colours';
import { Account } from './Account';
import { Nav } from './Nav';
import { PageErrors } from './PageErrors';
import { Wordmark } from './Wordmark';

const RAIL_WIDTH = 244;

const darkGround = { '& :focus-visible': { outlineColor: `${colours.tape400} !important` } };

function Rail({ onGo, close }: { onGo: () => void; close?: ReactNode }) {
  return (
    <Box
      component="aside"
      aria-label="Sections and account"
      sx={{
        ...darkGround,
        display: 'flex',
        flexDirection: 'column',
        height: '100%',
        backgroundColor: colours.enamel900,
        backgroundImage: 'radial-gradient(140% 60% at 0% 0%, #14705955 0, transparent 60%)',
      }}
    >
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'space-between',
          px: 2.5,
          pt: 2.5,
          pb: 2,
        }}
      >
        <Link to="/" style={{ textDecoration: 'none' }} onClick={onGo}>
          <Wordmark />
        </Link>
        {close}
      </Box>
      <Box sx={{ flex: 1, overflowY: 'auto' }}>
        <Nav onGo={onGo} />
      </Box>
      <Account onGo={onGo} />
    </Box>
  );
}

/** The frame of every page: the rail on a desk, a bar with a menu on a phone. */
export function Layout({ children }: LayoutProps) {
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  const close = () => setOpen(false);
  return (
    <Box sx={{ display: 'flex', minHeight: '100dvh', backgroundColor: 'background.default' }}>
      <Box
        component="a"
        href="#content"
        sx={{
          position: 'fixed',
          zIndex: 2000,
          top: 8,
          left: 8,
          px: 2,
          py: 1,
          borderRadius: 1,
          fontWeight: 700,
          backgroundColor: colours.tape400,
          color: colours.iron950,
          transform: 'translateY(-200%)',
          '&:focus': { transform: 'none' },
        }}
      >
        Skip to the page
      </Box>
      <Box
        sx={{
          display: { xs: 'none', md: 'block' },
          width: RAIL_WIDTH,
          flexShrink: 0,
          position: 'sticky',
          top: 0,
          height: '100dvh',
        }}
      >
        <Rail onGo={close} />
      </Box>
      <Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
        <Box
          component="header"
          sx={{
            ...darkGround,
            display: { xs: 'flex', md: 'none' },
            alignItems: 'center',
            gap: 1,
            px: 1,
            py: 0.75,
            position: 'sticky',
            top: 0,
            zIndex: 1100,
            backgroundColor: colours.enamel800,
          }}
        >
          <IconButton
            aria-label="Menu"
            aria-expanded={open}
            sx={{ color: '#fff' }}
            onClick={() => setOpen(true)}
          >
            <MenuIcon />
          </IconButton>
          <Link to="/" style={{ textDecoration: 'none' }}>
            <Wordmark />
          </Link>
        </Box>
        <Drawer
          open={open}
          onClose={close}
          slotProps={{ paper: { sx: { width: RAIL_WIDTH + 20, border: 0 }, 'aria-label': 'Menu' } }}
        >
          <Rail
            onGo={close}
            close={
              <IconButton aria-label="Close the menu" sx={{ color: '#fff' }} onClick={close}>
                <CloseIcon />
              </IconButton>
            }
          />
        </Drawer>
        <Box aria-hidden="true" sx={{ ...tape, height: 8, flexShrink: 0 }} />
        <Box
          component="main"
          id="content"
          tabIndex={-1}
          sx={{
            flex: 1,
            width: '100%',
            maxWidth: 1360,
            px: { xs: 2, sm: 3, lg: 4 },
            pt: { xs: 2.5, sm: 3.5 },
            pb: 8,
            '&:focus-visible': { outline: 'none' },
          }}
        >
          <PageErrors key={pathname}>
            <Suspense fallback={<Waiting />}>{children}</Suspense>
          </PageErrors>
        </Box>
      </Box>
    </Box>
  );
}
