import protobuf from 'protobufjs/minimal.js';

/** Nesting limit of messages, for reading and writing. Expressions and relations take about two messages per level. */
const maximumDepth = 2000;

protobuf.Reader.recursionLimit = maximumDepth;
protobuf.util.recursionLimit = maximumDepth;

/** A generated message type, which writes `Properties` and reads `Shape`. */
interface MessageType<Properties, Shape> {
  encode(message: Properties): { finish(): Uint8Array };
  decode(reader: protobuf.Reader): Shape;
}

/** Encodes a message. Throws a plain `Error` if it is nested deeper than `maximumDepth`. */
export function messageToBytes<Properties>(type: MessageType<Properties, unknown>, message: Properties): Uint8Array {
  const bytes = type.encode(message).finish();
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/**
 * Decodes a message. Ignores fields that are not in the schema. Fields of type `bytes` are views over `bytes`. Throws a
 * plain `Error` for any other bytes.
 */
export function messageFromBytes<Shape>(type: MessageType<never, Shape>, bytes: Uint8Array): Shape {
  // A Uint8Array rather than a Buffer, so that views are not Buffers.
  const reader = protobuf.Reader.create(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  reader.discardUnknown = true;
  return type.decode(reader);
}
