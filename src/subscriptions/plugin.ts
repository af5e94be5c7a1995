import type { ExecutionArgs, ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Limits } from '../config.ts';
import type { Context } from '../context.ts';
import { sayOrNote } from '../http/errors.ts';
import { checkAccepted, eventTypes } from '../http/requests.ts';
import { type Asked, enforceOperation } from '../limits/operation.ts';
import type { Changes } from './changes.ts';
import { deliver } from './deliver.ts';
import { Gate } from './gate.ts';
import { Places } from './places.ts';
import { Subscription } from './subscription.ts';
import { Viewers } from './viewers.ts';

/** What a transport says of whoever subscribes. */
export interface Origin {
  /** The token, as in the header `Authorization`; null when there is none. */
  authorization: string | null;
  /** The network address of the client. */
  address: string;
}

interface Parts {
  changes: Changes;
  authenticate: Authenticate;
  limits: Limits;
  /** Says when the server stops. */
  stopping: AbortSignal;
}

/** Serves subscriptions, over whatever brings them: within the limits, and each event in the name of who it is for. */
export function subscriptionsPlugin({ changes, authenticate, limits, stopping }: Parts): Plugin<Origin & Context> {
  const viewers = new Viewers(authenticate, changes);
  const places = new Places(limits);
  const gate = new Gate(5);
  const all = new Set<Subscription>();
  stopping.addEventListener('abort', () => {
    for (const subscription of all) subscription.end('STOP');
  });

  async function serve(args: ExecutionArgs, context: Origin & Context & { request?: Request }): ReturnType<typeof deliver> {
    enforceOperation(limits, args as Asked);
    checkAccepted(context, eventTypes);
    const { viewer, authorization, address, log, request } = context;
    const giveBack = places.take(viewer.id ?? address);
    const subscription = new Subscription({ changes, viewers, authorization, log });
    all.add(subscription);
    const late = setTimeout(() => subscription.end('TIME'), limits.subscriptionMs);
    const gone = () => subscription.end();
    request?.signal?.addEventListener('abort', gone);
    subscription.onEnd(() => {
      clearTimeout(late);
      request?.signal?.removeEventListener('abort', gone);
      all.delete(subscription);
      giveBack();
    });
    if (stopping.aborted) subscription.end('STOP');
    try {
      return await deliver(subscription, args, { timeoutMs: limits.timeoutMs, gate });
    } catch (error) {
      subscription.end();
      throw error;
    }
  }

  return {
    onSubscribe: ({ args, setSubscribeFn }) => {
      const context = args.contextValue as unknown as Origin & Context;
      setSubscribeFn(async () => {
        try {
          return await serve(args as unknown as ExecutionArgs, context);
        } catch (error) {
          return { errors: [sayOrNote(error, context.log)] } satisfies ExecutionResult;
        }
      });
    },
  };
}
