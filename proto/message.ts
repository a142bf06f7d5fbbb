import protobuf from 'protobufjs/minimal.js';

/** Messages within messages that a reader and a writer put up with. An expression is about two for each of its levels, and so is a relation. */
const maximumDepth = 2000;

protobuf.Reader.recursionLimit = maximumDepth;
protobuf.util.recursionLimit = maximumDepth;

/** A generated message type: `Properties` is what can be written, `Shape` what is read. */
interface MessageType<Properties, Shape> {
  encode(message: Properties): { finish(): Uint8Array };
  decode(reader: protobuf.Reader): Shape;
}

/** The bytes of a message. Throws a plain `Error` where it is nested deeper than `maximumDepth`. */
export function messageToBytes<Properties>(type: MessageType<Properties, unknown>, message: Properties): Uint8Array {
  const bytes = type.encode(message).finish();
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/**
 * The message in some bytes; fields the schema does not have are left out. Fields of type `bytes` are views over `bytes`.
 * Throws a plain `Error` where the bytes are no such message, whatever they are.
 */
export function messageFromBytes<Shape>(type: MessageType<never, Shape>, bytes: Uint8Array): Shape {
  // Not as a Buffer, whose views would be Buffers.
  const reader = protobuf.Reader.create(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  reader.discardUnknown = true;
  return type.decode(reader);
}
