import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { PageCrash } from './components/Failure';
import { Layout } from './components/Layout';
import { parseListing } from './lib/listing';
import { parseSearch, pickTexts, stringifySearch } from './lib/url';
import { LandingPage } from './pages/LandingPage';
import { NotFoundPage } from './pages/NotFoundPage';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The address typed on the page before: kept out of the location, which ends up in logs. */
    email?: string;
  }
}

const root = createRootRoute({ component: Layout, notFoundComponent: () => <NotFoundPage /> });

const landing = createRoute({ getParentRoute: () => root, path: '/', component: LandingPage });

const listing = () => import('./pages/ListingPage');

const products = createRoute({
  getParentRoute: () => root,
  path: '/products',
  validateSearch: parseListing,
  component: lazyRouteComponent(listing, 'EverythingPage'),
});

const category = createRoute({
  getParentRoute: () => root,
  path: '/category/$slug',
  validateSearch: parseListing,
  component: lazyRouteComponent(listing, 'CategoryPage'),
});

const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  validateSearch: parseListing,
  component: lazyRouteComponent(listing, 'SearchPage'),
});

const product = createRoute({
  getParentRoute: () => root,
  path: '/products/$slug',
  validateSearch: pickTexts('sku'),
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

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: pickTexts('next'),
  component: lazyRouteComponent(() => import('./pages/SignInPage'), 'SignInPage'),
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  validateSearch: pickTexts('next'),
  component: lazyRouteComponent(() => import('./pages/SignUpPage'), 'SignUpPage'),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('./pages/ResetPasswordPage'), 'ResetPasswordPage'),
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyRouteComponent(() => import('./pages/account/AccountLayout'), 'AccountLayout'),
});

const profile = createRoute({
  getParentRoute: () => account,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/account/ProfilePage'), 'ProfilePage'),
});

const addresses = createRoute({
  getParentRoute: () => account,
  path: '/addresses',
  component: lazyRouteComponent(() => import('./pages/account/AddressesPage'), 'AddressesPage'),
});

const myOrders = createRoute({
  getParentRoute: () => account,
  path: '/orders',
  component: lazyRouteComponent(() => import('./pages/account/MyOrdersPage'), 'MyOrdersPage'),
});

const myOrder = createRoute({
  getParentRoute: () => account,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('./pages/OrderPage'), 'MyOrderPage'),
});

const myReviews = createRoute({
  getParentRoute: () => account,
  path: '/reviews',
  component: lazyRouteComponent(() => import('./pages/account/MyReviewsPage'), 'MyReviewsPage'),
});

const routes = root.addChildren([
  landing,
  products,
  category,
  search,
  product,
  cart,
  checkout,
  orders,
  order,
  signIn,
  signUp,
  resetPassword,
  account.addChildren([profile, addresses, myOrders, myOrder, myReviews]),
]);

/** The shop's pages. */
export function createShopRouter() {
  return createRouter({
    routeTree: routes,
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultErrorComponent: PageCrash,
    defaultNotFoundComponent: () => <NotFoundPage />,
  });
}
