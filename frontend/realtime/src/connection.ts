import { pauseBefore } from './pauses';
import { type ClientFrame, parseFrame, type ServerFrame } from './protocol';
import { type Wakefulness, watchPage } from './wakefulness';

/** How long opening a connection may take, in milliseconds. */
export const OPEN_DEADLINE_MS = 10_000;
/** How often an idle connection is used, in milliseconds: the gateway closes one that is idle for ten minutes. */
export const PING_EVERY_MS = 240_000;
/** How long the answer to a ping may take, in milliseconds. */
export const PONG_DEADLINE_MS = 10_000;

/** What a connection needs of a `WebSocket`. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'addEventListener' | 'readyState'>;

/** The state of a `WebSocket` that is not open yet. */
const CONNECTING = 0;

export type ConnectionState = 'idle' | 'off' | 'connecting' | 'open' | 'reconnecting';

export interface ConnectionOptions {
  /** Where to connect to; `null` where the site has no such thing. Asked again if it fails. */
  url: () => Promise<string | null>;
  open: (url: string) => Socket;
  random: () => number;
  onOpen: () => void;
  onFrame: (frame: ServerFrame) => void;
  onState: (state: ConnectionState) => void;
}

/** Holds a connection for as long as it is wanted, somebody looks, and there is a network. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #page: Wakefulness;
  #state: ConnectionState = 'idle';
  #wanted = false;
  #socket: Socket | undefined;
  /** Attempts in a row in which the server was not heard. */
  #failures = 0;
  /** Whether the server said anything on the present connection. */
  #heard = false;
  /** Whether the next attempt is to be waited for; a connection that is new is not. */
  #wasLost = false;
  /** Counts the attempts, so that what an earlier one comes to is told from the present one. */
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #heartbeat: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#page = watchPage({ onChange: () => this.#adjust(), onReturn: () => this.#ping() });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Says whether anybody has a use for the connection. */
  want(wanted: boolean): void {
    if (this.#wanted === wanted) return;
    this.#wanted = wanted;
    this.#adjust();
  }

  /** Sends a frame, where the connection is open. */
  send(frame: ClientFrame): void {
    if (this.#state === 'open') this.#socket?.send(JSON.stringify(frame));
  }

  /** Gives up on the present connection, which does not do what it should, and makes another. */
  drop(): void {
    if (this.#state === 'open') this.#lose();
  }

  /** Begins anew at once, without what the server knows of this connection. */
  restart(): void {
    this.#close();
    this.#failures = 0;
    this.#wasLost = false;
    this.#become('idle');
    this.#adjust();
  }

  /** For good. */
  stop(): void {
    this.#page.stop();
    this.want(false);
  }

  #become(state: ConnectionState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState(state);
  }

  #adjust(): void {
    if (this.#state === 'off') return;
    if (!this.#wanted || !this.#page.awake()) {
      this.#close();
      this.#failures = 0;
      this.#wasLost = false;
      this.#become('idle');
      return;
    }
    if (!this.#page.online()) {
      this.#close();
      // How long there is no network says nothing about the server.
      this.#failures = 0;
      this.#wasLost = true;
      this.#become('reconnecting');
      return;
    }
    if (this.#state === 'idle' || (this.#state === 'reconnecting' && !this.#socket)) this.#plan();
    else this.#ping();
  }

  #plan(): void {
    if (this.#retry !== undefined) return;
    const pause = this.#wasLost ? pauseBefore(this.#failures, this.#options.random) : 0;
    this.#become(this.#wasLost ? 'reconnecting' : 'connecting');
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.#connect();
    }, pause);
  }

  async #connect(): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    let url: string | null;
    try {
      url = await this.#options.url();
    } catch {
      if (attempt === this.#attempt) this.#lose();
      return;
    }
    if (attempt !== this.#attempt) return;
    if (url === null) {
      this.#become('off');
      return;
    }
    try {
      this.#use(this.#options.open(url));
    } catch {
      // An address that the page may not connect to; another attempt finds the same and does no harm.
      this.#lose();
    }
  }

  #use(socket: Socket): void {
    this.#socket = socket;
    this.#deadline = setTimeout(() => this.#lose(), OPEN_DEADLINE_MS);
    socket.addEventListener('open', () => {
      if (this.#socket !== socket) return;
      clearTimeout(this.#deadline);
      this.#deadline = undefined;
      this.#become('open');
      this.#beat();
      this.#options.onOpen();
    });
    socket.addEventListener('message', ({ data }) => {
      if (this.#socket !== socket) return;
      const frame = parseFrame(data);
      if (!frame) return;
      this.#heard = true;
      clearTimeout(this.#deadline);
      this.#deadline = undefined;
      this.#options.onFrame(frame);
    });
    socket.addEventListener('close', () => {
      if (this.#socket === socket) this.#lose();
    });
  }

  #beat(): void {
    clearTimeout(this.#heartbeat);
    this.#heartbeat = setTimeout(() => this.#ping(), PING_EVERY_MS);
  }

  /** Asks for a sign of life: a network that went away closes nothing. */
  #ping(): void {
    if (this.#state !== 'open' || this.#deadline !== undefined) return;
    this.send({ action: 'ping' });
    this.#deadline = setTimeout(() => this.#lose(), PONG_DEADLINE_MS);
    this.#beat();
  }

  #lose(): void {
    this.#failures = this.#heard ? 0 : this.#failures + 1;
    this.#close();
    this.#wasLost = true;
    this.#become('reconnecting');
    this.#adjust();
  }

  #close(): void {
    this.#attempt += 1;
    this.#heard = false;
    clearTimeout(this.#retry);
    clearTimeout(this.#deadline);
    clearTimeout(this.#heartbeat);
    this.#retry = undefined;
    this.#deadline = undefined;
    this.#heartbeat = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    // One that is closed before it is open is a failure to the browser, which says so in its console.
    if (socket?.readyState === CONNECTING) socket.addEventListener('open', () => socket.close());
    else socket?.close();
  }
}
