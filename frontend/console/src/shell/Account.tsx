import DarkIcon from '@mui/icons-material/DarkModeOutlined';
import LightIcon from '@mui/icons-material/LightModeOutlined';
import LogoutIcon from '@mui/icons-material/LogoutOutlined';
import SecurityIcon from '@mui/icons-material/ShieldOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useLogout, useTheme } from 'react-admin';
import { Link } from 'react-router-dom';
import { useUser } from '../auth/useUser';
import { colours, labelCaps } from '../theme/colours';

const buttonSx = { color: '#ffffffe6', '&:hover': { backgroundColor: colours.enamel700, color: '#fff' } };

/** Who is signed in, and what they may do about it. */
export function Account({ onGo }: { onGo: () => void }) {
  const user = useUser();
  const logout = useLogout();
  const [theme, setTheme] = useTheme();
  const isDark = theme === 'dark';
  if (!user) return null;
  return (
    <Box sx={{ borderTop: '1px solid #ffffff26', px: 2, py: 1.5 }}>
      <Box sx={{ ...labelCaps, color: colours.enamel300 }}>
        {user.groups.includes('admin') ? 'Admin' : 'Operator'}
      </Box>
      <Box
        title={user.email}
        sx={{
          color: '#fff',
          fontSize: '0.875rem',
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
        }}
      >
        {user.email}
      </Box>
      <Box sx={{ display: 'flex', gap: 0.5, mt: 0.75, ml: -1 }}>
        <Tooltip title={isDark ? 'Light colours' : 'Dark colours'}>
          <IconButton
            aria-label={isDark ? 'Light colours' : 'Dark colours'}
            sx={buttonSx}
            onClick={() => setTheme(isDark ? 'light' : 'dark')}
          >
            {isDark ? <LightIcon fontSize="small" /> : <DarkIcon fontSize="small" />}
          </IconButton>
        </Tooltip>
        <Tooltip title="Password and security">
          <IconButton
            component={Link}
            to="/security"
            aria-label="Password and security"
            sx={buttonSx}
            onClick={onGo}
          >
            <SecurityIcon fontSize="small" />
          </IconButton>
        </Tooltip>
        <Tooltip title="Sign out">
          <IconButton aria-label="Sign out" sx={buttonSx} onClick={() => logout()}>
            <LogoutIcon fontSize="small" />
          </IconButton>
        </Tooltip>
      </Box>
    </Box>
  );
}
