import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { PageCrash } from './components/Failure';
import { Layout } from './components/Layout';
import { LandingPage } from './pages/LandingPage';
import { NotFoundPage } from './pages/NotFoundPage';

const root = createRootRoute({ component: Layout, notFoundComponent: () => <NotFoundPage /> });

const landing = createRoute({ getParentRoute: () => root, path: '/', component: LandingPage });

/** How many pages of a listing the address asks for; 1 is left out of it. */
const MAX_PAGES = 50;
const listingSearch = (search: Record<string, unknown>): { pages?: number } => {
  const pages = Number(search.pages);
  return Number.isInteger(pages) && pages > 1 ? { pages: Math.min(pages, MAX_PAGES) } : {};
};

const products = createRoute({
  getParentRoute: () => root,
  path: '/products',
  validateSearch: listingSearch,
  component: lazyRouteComponent(() => import('./pages/ListingPage'), 'EverythingPage'),
});

const category = createRoute({
  getParentRoute: () => root,
  path: '/category/$slug',
  validateSearch: listingSearch,
  component: lazyRouteComponent(() => import('./pages/ListingPage'), 'CategoryPage'),
});

const product = createRoute({
  getParentRoute: () => root,
  path: '/products/$slug',
  validateSearch: (search: Record<string, unknown>): { sku?: string } =>
    typeof search.sku === 'string' ? { sku: search.sku } : {},
  component: lazyRouteComponent(() => import('./pages/ProductPage'), 'ProductPage'),
});

const cart = createRoute({
  getParentRoute: () => root,
  path: '/cart',
  component: lazyRouteComponent(() => import('./pages/CartPage'), 'CartPage'),
});

const checkout = createRoute({
  getParentRoute: () => root,
  path: '/checkout',
  component: lazyRouteComponent(() => import('./pages/CheckoutPage'), 'CheckoutPage'),
});

const orders = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  component: lazyRouteComponent(() => import('./pages/OrdersPage'), 'OrdersPage'),
});

const order = createRoute({
  getParentRoute: () => root,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('./pages/OrderPage'), 'OrderPage'),
});

const routes = root.addChildren([landing, products, category, product, cart, checkout, orders, order]);

/** The shop's pages. */
export function createShopRouter() {
  return createRouter({
    routeTree: routes,
    scrollRestoration: true,
    defaultErrorComponent: PageCrash,
    defaultNotFoundComponent: () => <NotFoundPage />,
  });
}
