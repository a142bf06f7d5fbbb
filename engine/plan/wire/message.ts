import { messageFromBytes, messageToBytes } from '../../../proto/message.ts';
import { FabricError } from '../../errors.ts';
import { invalid } from './faults.ts';

/** The generated functions of each message type. */
export interface MessageType<Properties, Shape> {
  encode(message: Properties): { finish(): Uint8Array };
  decode(bytes: never): Shape;
}

/**
 * Encodes a value as bytes. `what` names the value in errors. Throws `PLAN_UNSUPPORTED` if the value is nested too deeply. Throws
 * `INTERNAL` if it contains a value that no message can hold, such as a fractional count or text that is not Unicode.
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
      throw new FabricError('PLAN_UNSUPPORTED', `The ${what} is nested too deeply. Simplify the query.`, {
        cause: thrown,
      });
    throw new FabricError('INTERNAL', `The ${what} cannot be encoded: ${reason(thrown)}.`, { cause: thrown });
  }
}

/** Decodes bytes. Throws `MESSAGE_INVALID` or `VERSION_SKEW` for anything but a valid message. */
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
    throw invalid(`the bytes are not a valid ${what}: ${isDepth(thrown) ? 'it is nested too deeply' : reason(thrown)}`);
  }
}

function isDepth(thrown: unknown): boolean {
  return thrown instanceof Error && /max depth exceeded|call stack/.test(thrown.message);
}

function reason(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
