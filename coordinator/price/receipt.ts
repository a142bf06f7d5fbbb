import { REQUEST_KINDS, type RequestKind } from '../../engine/store/request-counts.ts';
import type { PriceTable } from './price-table.ts';
import type { RequestsByKind, Usage } from './usage.ts';

/** One line of a receipt. */
export interface ReceiptItem {
  readonly kind: 'invocations' | 'function-time' | 'store-requests';
  /** What the quantity is of: `invocations`, `GB-seconds`, or a kind of request. */
  readonly name: string;
  readonly quantity: number;
  readonly dollars: number;
}

/** What a job cost, item by item. */
export interface Receipt {
  /** The name and the day of the prices. */
  readonly prices: string;
  readonly items: readonly ReceiptItem[];
  readonly dollars: number;
  /** Bytes read from and written to the store, which cost nothing within a region. */
  readonly readBytes: number;
  readonly writtenBytes: number;
}

/** Itemises a usage. Items that were not used are left out, but for those every job has: invocations and function time. */
export function receiptFor(usage: Usage, prices: PriceTable): Receipt {
  const { invocations, gbSeconds, requests, readBytes, writtenBytes } = usage;
  const items: ReceiptItem[] = [
    {
      kind: 'invocations',
      name: 'invocations',
      quantity: invocations,
      dollars: invocations * prices.dollarsPerInvocation,
    },
    {
      kind: 'function-time',
      name: 'GB-seconds',
      quantity: gbSeconds,
      dollars: gbSeconds * prices.dollarsPerGbSecond,
    },
  ];
  for (const kind of REQUEST_KINDS) {
    const quantity = requests[kind] ?? 0;
    if (quantity === 0) continue;
    const dollars = quantity * dollarsPerRequest(kind, prices);
    items.push({ kind: 'store-requests', name: kind, quantity, dollars });
  }
  const dollars = items.reduce((sum, item) => sum + item.dollars, 0);
  return { prices: `${prices.name}, ${prices.asOf}`, items, dollars, readBytes, writtenBytes };
}

/** What a store's requests cost, in dollars. */
export function requestDollars(requests: RequestsByKind, prices: PriceTable): number {
  return REQUEST_KINDS.reduce((sum, kind) => sum + (requests[kind] ?? 0) * dollarsPerRequest(kind, prices), 0);
}

/** What one request of a kind costs, in dollars. */
export function dollarsPerRequest(kind: RequestKind, prices: PriceTable): number {
  switch (kind) {
    case 'get':
    case 'head':
      return prices.dollarsPerReadRequest;
    case 'put':
    case 'list':
    case 'create-multipart':
    case 'upload-part':
    case 'complete-multipart':
    case 'list-multipart':
      return prices.dollarsPerWriteRequest;
    case 'delete':
    case 'abort-multipart':
      return 0;
    default:
      return kind satisfies never;
  }
}
