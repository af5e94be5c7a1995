import { builder, type SchemaTypes } from '../builder.ts';
import type { Context } from '../context.ts';
import type { Token } from '../generated/prisma/client.ts';
import { refOf } from '../graph/noun.ts';
import { UserError } from '../mutation/user-error.ts';
import { BrokenRule } from '../record/rule.ts';
import { inTransaction } from '../record/transaction.ts';
import type { Transaction } from '../record/values.ts';
import { Role } from './account.ts';
import { permit } from './permit.ts';
import { createToken, revokeTokenFrom } from './write.ts';

// A payload with a secret is none that may be kept for an idempotency key, so these stand apart from the
// mutations of the record.

interface Outcome {
  /** What was made or revoked. */
  token?: Token;
  secret?: string;
  errors: BrokenRule[];
}

const CreateTokenPayload = builder.objectRef<Outcome>('CreateTokenPayload').implement({
  description: 'The answer of `createToken`.',
  fields: (t) => ({
    token: tokenField(t),
    secret: t.exposeString('secret', {
      nullable: true,
      description: 'What to send in the header `Authorization: Bearer <secret>`. It is not kept: nobody can see it again.',
    }),
    errors: errorsField(t),
  }),
});

const RevokeTokenPayload = builder.objectRef<Outcome>('RevokeTokenPayload').implement({
  description: 'The answer of `revokeToken`.',
  fields: (t) => ({ token: tokenField(t), errors: errorsField(t) }),
});

type Fields = PothosSchemaTypes.ObjectFieldBuilder<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>, Outcome>;

function tokenField(t: Fields) {
  return t.field({
    type: refOf('Token'),
    nullable: true,
    description: 'The token as it is now; null when nothing was done.',
    resolve: ({ token }) => token,
  });
}

function errorsField(t: Fields) {
  return t.field({
    type: [UserError],
    description: 'What is wrong with the input; empty when all was done.',
    // An Error among the values would be thrown.
    resolve: ({ errors }) => errors.map(({ code, message, path }) => ({ code, message, path })),
  });
}

const CreateTokenInput = builder.inputType('CreateTokenInput', {
  description: 'The input of `createToken`.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description:
        'Its name, which its account has too: lower-case letters a–z, digits, dots, underscores and hyphens. No other token may have it that is not revoked.',
    }),
    role: t.field({ type: Role, required: true, description: 'What its account may do.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'From when on it is no longer taken; without it, it does not expire.' }),
  }),
});

const RevokeTokenInput = builder.inputType('RevokeTokenInput', {
  description: 'The input of `revokeToken`.',
  fields: (t) => ({ name: t.string({ required: true, description: 'Its name.' }) }),
});

builder.mutationFields((t) => ({
  createToken: t.field({
    type: CreateTokenPayload,
    description: 'Creates a token. To renew one, revoke it and create another by the same name: the account stays. For administrators.',
    args: { input: t.arg({ type: CreateTokenInput, required: true, description: 'What to create.' }) },
    resolve: (_root, { input }, context) => administer(context, 'a token was created', (tx) => createToken(tx, input, context.viewer.id)),
  }),
  revokeToken: t.field({
    type: RevokeTokenPayload,
    description:
      'Revokes a token: it is not taken any more, from the next request on. The last one of an administrator stays. For administrators.',
    args: { input: t.arg({ type: RevokeTokenInput, required: true, description: 'Which one.' }) },
    resolve: (_root, { input }, context) =>
      administer(context, 'a token was revoked', async (tx) => ({ token: await revokeTokenFrom(tx, context.viewer, input.name) })),
  }),
}));

/** Does what only an administrator may, and logs it. */
async function administer(
  { viewer, prisma, log }: Context,
  what: string,
  work: (tx: Transaction) => Promise<{ token: Token; secret?: string }>,
): Promise<Outcome> {
  permit(viewer, 'ADMINISTER');
  try {
    const done = await inTransaction(prisma, viewer.id, work);
    log.info({ token: done.token.name, by: viewer.id }, what);
    return { ...done, errors: [] };
  } catch (error) {
    if (error instanceof BrokenRule) return { errors: [error] };
    throw error;
  }
}
