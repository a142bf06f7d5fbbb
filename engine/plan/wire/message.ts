import { messageFromBytes, messageToBytes } from '../../../proto/message.ts';
import { FabricError } from '../../errors.ts';
import { invalid } from './faults.ts';

/** What the generated code offers of each message type. */
export interface MessageType<Properties, Shape> {
  encode(message: Properties): { finish(): Uint8Array };
  decode(bytes: never): Shape;
}

/**
 * Turns a value into bytes. `what` names it in errors: `PLAN_UNSUPPORTED` where it is nested too deeply to be sent, `INTERNAL`
 * where it holds what no message can (a count that is no whole number, text that is no Unicode).
 */
export function toBytes<Value, Properties>(
  type: MessageType<Properties, unknown>,
  encode: (value: Value) => Properties,
  value: Value,
  what: string,
): Uint8Array {
  try {
    return messageToBytes(type, encode(value));
  } catch (thrown) {
    if (thrown instanceof FabricError) throw thrown;
    if (isDepth(thrown))
      throw new FabricError('PLAN_UNSUPPORTED', `The ${what} is nested too deeply: simplify the query`, {
        cause: thrown,
      });
    throw new FabricError('INTERNAL', `The ${what} cannot be written: ${reason(thrown)}`, { cause: thrown });
  }
}

/** Turns bytes into a value, or throws `MESSAGE_INVALID` or `VERSION_SKEW`, whatever the bytes are. */
export function fromBytes<Value, Shape>(
  type: MessageType<never, Shape>,
  decode: (message: Shape) => Value,
  bytes: Uint8Array,
  what: string,
): Value {
  try {
    return decode(messageFromBytes(type, bytes));
  } catch (thrown) {
    if (thrown instanceof FabricError) throw thrown;
    throw invalid(`the bytes are no ${what}: ${isDepth(thrown) ? 'it is nested too deeply' : reason(thrown)}`);
  }
}

function isDepth(thrown: unknown): boolean {
  return thrown instanceof Error && /max depth exceeded|call stack/.test(thrown.message);
}

function reason(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
