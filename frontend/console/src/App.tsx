import { QueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Admin, CustomRoutes, HttpError, localStorageStore, Notification, Resource } from 'react-admin';
import { createBrowserRouter, Route, RouterProvider } from 'react-router-dom';
import { AuditList } from './audit/AuditList';
import { createAuthProvider } from './auth/authProvider';
import { Security } from './auth/Security';
import { SignIn } from './auth/SignIn';
import { BrandList } from './brands/BrandList';
import { CategoryTree } from './categories/CategoryTree';
import { CustomerList } from './customers/CustomerList';
import { CustomerShow } from './customers/CustomerShow';
import { Dashboard } from './dashboard/Dashboard';
import type { ConsoleProvider } from './data/provider';
import { ComparisonPage } from './fulfilment/health/ComparisonPage';
import { HealthPage } from './fulfilment/health/HealthPage';
import { OffersPage } from './fulfilment/offers/OffersPage';
import { AttentionList } from './fulfilment/orders/AttentionList';
import { DeskOrderPage } from './fulfilment/orders/DeskOrderPage';
import { PacedOrderCreate } from './fulfilment/paced/PacedOrderCreate';
import { PacedOrderList } from './fulfilment/paced/PacedOrderList';
import { PacedOrderPage } from './fulfilment/paced/PacedOrderPage';
import { RoutingPage } from './fulfilment/routing/RoutingPage';
import { SupplierCreate } from './fulfilment/suppliers/SupplierCreate';
import { SupplierEdit } from './fulfilment/suppliers/SupplierEdit';
import { SupplierList } from './fulfilment/suppliers/SupplierList';
import { TaskList } from './fulfilment/tasks/TaskList';
import { TaskPage } from './fulfilment/tasks/TaskPage';
import { ImportCreate } from './imports/ImportCreate';
import { ImportList } from './imports/ImportList';
import { ImportShow } from './imports/ImportShow';
import { PartnerKeyList } from './keys/PartnerKeyList';
import { LettersPage } from './operations/LettersPage';
import { QueuesPage } from './operations/QueuesPage';
import { RunList } from './operations/RunList';
import { SchedulesPage } from './operations/SchedulesPage';
import { Waiting } from './parts/Waiting';
import { ProductCreate } from './products/ProductCreate';
import { ProductEdit } from './products/ProductEdit';
import { ProductList } from './products/ProductList';
import { ReviewList } from './reviews/ReviewList';
import { Synonyms } from './search/Synonyms';
import { type Services, ServicesProvider } from './services';
import { Layout } from './shell/Layout';
import { NotFound, NotPermitted } from './shell/Messages';
import { StaffList } from './staff/StaffList';
import { StockList } from './stock/StockList';
import { StockShow } from './stock/StockShow';
import { darkTheme, lightTheme } from './theme/theme';
import { DeliveryPage } from './webhooks/DeliveryPage';
import { WebhookCreate } from './webhooks/WebhookCreate';
import { WebhookEdit } from './webhooks/WebhookEdit';
import { WebhookList } from './webhooks/WebhookList';
import { WebhookPage } from './webhooks/WebhookPage';

/** News at the top, where it covers neither the page's buttons nor those of a dialog. */
const News = () => <Notification anchorOrigin={{ vertical: 'top', horizontal: 'right' }} />;

const Loading = () => <Waiting />;

/** How often a question that got no answer is asked again; refusals are answers. */
const MAX_RETRIES = 2;

function mayPass(error: unknown): boolean {
  return error instanceof HttpError && (error.status === 0 || error.status === 429 || error.status >= 500);
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: (failures, error) => failures < MAX_RETRIES && mayPass(error) },
      mutations: { networkMode: 'always' },
    },
  });
}

function Console({ services, provider }: { services: Services; provider: ConsoleProvider }) {
  const authProvider = useMemo(() => createAuthProvider(services.identity), [services.identity]);
  const queryClient = useMemo(createQueryClient, []);
  const store = useMemo(() => localStorageStore(undefined, 'ironmonger.console'), []);
  return (
    <Admin
      title="Ironmonger Console"
      disableTelemetry
      requireAuth
      authProvider={authProvider}
      dataProvider={provider}
      queryClient={queryClient}
      store={store}
      theme={lightTheme}
      darkTheme={darkTheme}
      defaultTheme="light"
      layout={Layout}
      loginPage={SignIn}
      dashboard={Dashboard}
      catchAll={NotFound}
      accessDenied={NotPermitted}
      loading={Loading}
      notification={News}
    >
      <Resource name="products" list={ProductList} create={ProductCreate} edit={ProductEdit} />
      <Resource name="stock" list={StockList} show={StockShow} />
      <Resource name="categories" list={CategoryTree} />
      <Resource name="brands" list={BrandList} />
      <Resource name="product-imports" list={ImportList} create={ImportCreate} show={ImportShow} />
      <Resource name="reviews" list={ReviewList} />
      <Resource name="attention" list={AttentionList} show={DeskOrderPage} />
      <Resource name="tasks" list={TaskList} show={TaskPage} />
      <Resource name="paced-orders" list={PacedOrderList} create={PacedOrderCreate} show={PacedOrderPage} />
      <Resource name="suppliers" list={SupplierList} create={SupplierCreate} edit={SupplierEdit}>
        <Route path=":id/offers" element={<OffersPage />} />
        <Route path=":id/health" element={<HealthPage />} />
      </Resource>
      <Resource name="runs" list={RunList} />
      <Resource name="customers" list={CustomerList} show={CustomerShow} />
      <Resource name="staff" list={StaffList} />
      <Resource name="partner-keys" list={PartnerKeyList} />
      <Resource
        name="webhooks"
        list={WebhookList}
        create={WebhookCreate}
        edit={WebhookEdit}
        show={WebhookPage}
      >
        <Route path=":id/deliveries/:deliveryId" element={<DeliveryPage />} />
      </Resource>
      <Resource name="audit" list={AuditList} />
      <CustomRoutes>
        <Route path="/synonyms" element={<Synonyms />} />
        <Route path="/schedules" element={<SchedulesPage />} />
        <Route path="/queues" element={<QueuesPage />} />
        <Route path="/queues/:name" element={<LettersPage />} />
        <Route path="/routing" element={<RoutingPage />} />
        <Route path="/supplier-comparison" element={<ComparisonPage />} />
        <Route path="/security" element={<Security />} />
      </CustomRoutes>
    </Admin>
  );
}

/** The console. */
export function App({ services, provider }: { services: Services; provider: ConsoleProvider }) {
  const router = useMemo(
    () =>
      createBrowserRouter(
        [
          {
            path: '*',
            element: (
              <ServicesProvider services={services}>
                <Console services={services} provider={provider} />
              </ServicesProvider>
            ),
          },
        ],
        { basename: '/console' },
      ),
    [services, provider],
  );
  // Not as transitions: while one was pending, react-admin would send a guest to the sign-in page over and over.
  return <RouterProvider router={router} useTransitions={false} />;
}
