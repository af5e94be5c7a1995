import type { Plugin } from 'graphql-yoga';
import { sentBy } from '../auth/gateway.ts';
import type { Context } from '../context.ts';
import { idParameters } from '../http/persisted.ts';
import type { Operations } from './operations.ts';
import type { Params } from './params.ts';

/** Has Yoga do with operations what is done with them on every way. */
export function operationsPlugin(operations: Operations): Plugin<{ params: Params } & Context> {
  return {
    onParams: ({ params, request, setParams }) => {
      // Yoga takes the other parameters from the URL.
      const asked = request.method === 'GET' ? { ...idsInUrl(request.url), ...params } : params;
      setParams(operations.check(params, asked));
    },
    onParse: ({ context, extendContext, setParsedDocument }) => {
      const read = operations.read({ params: context.params, sent: sentBy(context) });
      extendContext(read.context);
      setParsedDocument(read.document);
    },
    onValidate: ({ params: { documentAST }, setResult }) => {
      setResult(operations.validate(documentAST));
    },
    onExecute: ({ setExecuteFn }) => {
      setExecuteFn((args) => operations.execute(args as Parameters<Operations['execute']>[0]));
    },
    onSubscribe: ({ args }) => operations.guard(args),
  };
}

function idsInUrl(url: string): Record<string, string | null> {
  const { searchParams } = new URL(url);
  return Object.fromEntries(idParameters.map((name) => [name, searchParams.get(name)]));
}
