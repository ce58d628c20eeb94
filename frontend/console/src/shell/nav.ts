import type { SvgIconComponent } from '@mui/icons-material';
import SchedulesIcon from '@mui/icons-material/AccessTime';
import CategoriesIcon from '@mui/icons-material/AccountTreeOutlined';
import RoutingIcon from '@mui/icons-material/AltRoute';
import TasksIcon from '@mui/icons-material/AssignmentTurnedInOutlined';
import StaffIcon from '@mui/icons-material/BadgeOutlined';
import CompareIcon from '@mui/icons-material/BarChart';
import BrandsIcon from '@mui/icons-material/BookmarkBorder';
import PacedIcon from '@mui/icons-material/EventRepeatOutlined';
import RunsIcon from '@mui/icons-material/FactCheckOutlined';
import ProductsIcon from '@mui/icons-material/HandymanOutlined';
import AuditIcon from '@mui/icons-material/HistoryEduOutlined';
import QueuesIcon from '@mui/icons-material/InboxOutlined';
import StockIcon from '@mui/icons-material/Inventory2Outlined';
import SuppliersIcon from '@mui/icons-material/LocalShippingOutlined';
import SynonymsIcon from '@mui/icons-material/ManageSearchOutlined';
import CustomersIcon from '@mui/icons-material/PeopleAltOutlined';
import ReviewsIcon from '@mui/icons-material/RateReviewOutlined';
import AttentionIcon from '@mui/icons-material/ReportProblemOutlined';
import DashboardIcon from '@mui/icons-material/StorefrontOutlined';
import ImportIcon from '@mui/icons-material/UploadFileOutlined';
import KeysIcon from '@mui/icons-material/VpnKeyOutlined';
import WebhooksIcon from '@mui/icons-material/WebhookOutlined';

export interface NavItem {
  to: string;
  label: string;
  icon: SvgIconComponent;
  /** The resource that one must be allowed to see. */
  resource: string;
}

export interface NavSection {
  title: string | null;
  items: readonly NavItem[];
}

/** The ways through the console, in the order in which they are shown. */
export const NAV: readonly NavSection[] = [
  { title: null, items: [{ to: '/', label: 'Today', icon: DashboardIcon, resource: 'dashboard' }] },
  {
    title: 'Catalogue',
    items: [
      { to: '/products', label: 'Products', icon: ProductsIcon, resource: 'products' },
      { to: '/stock', label: 'Stock', icon: StockIcon, resource: 'stock' },
      { to: '/categories', label: 'Categories', icon: CategoriesIcon, resource: 'categories' },
      { to: '/brands', label: 'Brands', icon: BrandsIcon, resource: 'brands' },
      { to: '/product-imports', label: 'Import and export', icon: ImportIcon, resource: 'product-imports' },
      { to: '/synonyms', label: 'Search synonyms', icon: SynonymsIcon, resource: 'synonyms' },
    ],
  },
  {
    title: 'Fulfilment',
    items: [
      { to: '/attention', label: 'Needs attention', icon: AttentionIcon, resource: 'attention' },
      { to: '/tasks', label: 'Tasks', icon: TasksIcon, resource: 'tasks' },
      { to: '/paced-orders', label: 'Paced orders', icon: PacedIcon, resource: 'paced-orders' },
      { to: '/suppliers', label: 'Suppliers', icon: SuppliersIcon, resource: 'suppliers' },
      { to: '/supplier-comparison', label: 'Compare suppliers', icon: CompareIcon, resource: 'suppliers' },
      { to: '/routing', label: 'Routing', icon: RoutingIcon, resource: 'routing' },
    ],
  },
  {
    title: 'Operations',
    items: [
      { to: '/schedules', label: 'Schedules', icon: SchedulesIcon, resource: 'schedules' },
      { to: '/runs', label: 'Runs', icon: RunsIcon, resource: 'runs' },
      { to: '/queues', label: 'Queues', icon: QueuesIcon, resource: 'queues' },
    ],
  },
  {
    title: 'Customers',
    items: [
      { to: '/reviews', label: 'Reviews', icon: ReviewsIcon, resource: 'reviews' },
      { to: '/customers', label: 'Customers', icon: CustomersIcon, resource: 'customers' },
    ],
  },
  {
    title: 'The shop',
    items: [
      { to: '/staff', label: 'Staff', icon: StaffIcon, resource: 'staff' },
      { to: '/partner-keys', label: 'Partner keys', icon: KeysIcon, resource: 'partner-keys' },
      { to: '/webhooks', label: 'Webhooks', icon: WebhooksIcon, resource: 'webhooks' },
      { to: '/audit', label: 'Audit trail', icon: AuditIcon, resource: 'audit' },
    ],
  },
];
