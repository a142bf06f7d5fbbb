import * as $protobuf from "protobufjs/minimal.js";
type Long = { readonly low: number; readonly high: number; readonly unsigned: boolean };

/** Namespace volley. */
export namespace volley {

    /**
     * Properties of a Header.
     * @deprecated Use volley.Header.$Properties instead.
     */
    interface IHeader extends volley.Header.$Properties {
    }

    /** Represents a Header. */
    class Header {

        /**
         * Constructs a new Header.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Header.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Header formatVersion. */
        formatVersion: number;

        /** Header engineVersion. */
        engineVersion: string;

        /** Header requiredFeatures. */
        requiredFeatures: string[];

        /**
         * Encodes the specified Header message. Does not implicitly {@link volley.Header.verify|verify} messages.
         * @param message Header message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Header.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Header message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Header & volley.Header.$Shape} Header
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Header & volley.Header.$Shape;
    }

    namespace Header {

        /** Properties of a Header. */
        interface $Properties {

            /** Header formatVersion */
            formatVersion?: (number|null);

            /** Header engineVersion */
            engineVersion?: (string|null);

            /** Header requiredFeatures */
            requiredFeatures?: (string[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Header. */
        type $Shape = volley.Header.$Properties;
    }

    /**
     * Properties of a Nothing.
     * @deprecated Use volley.Nothing.$Properties instead.
     */
    interface INothing extends volley.Nothing.$Properties {
    }

    /** Represents a Nothing. */
    class Nothing {

        /**
         * Constructs a new Nothing.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Nothing.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /**
         * Encodes the specified Nothing message. Does not implicitly {@link volley.Nothing.verify|verify} messages.
         * @param message Nothing message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Nothing.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Nothing message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Nothing & volley.Nothing.$Shape} Nothing
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Nothing & volley.Nothing.$Shape;
    }

    namespace Nothing {

        /** Properties of a Nothing. */
        interface $Properties {

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Nothing. */
        type $Shape = volley.Nothing.$Properties;
    }

    /**
     * Properties of a DataType.
     * @deprecated Use volley.DataType.$Properties instead.
     */
    interface IDataType extends volley.DataType.$Properties {
    }

    /** Represents a DataType. */
    class DataType {

        /**
         * Constructs a new DataType.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.DataType.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** DataType scalar. */
        scalar?: (volley.DataType.Scalar|null);

        /** DataType decimal. */
        decimal?: (volley.DecimalType.$Properties|null);

        /** DataType enumeration. */
        enumeration?: (volley.EnumType.$Properties|null);

        /** DataType list. */
        list?: (volley.DataType.$Properties|null);

        /** DataType array. */
        array?: (volley.ArrayType.$Properties|null);

        /** DataType struct. */
        struct?: (volley.FieldsType.$Properties|null);

        /** DataType map. */
        map?: (volley.MapType.$Properties|null);

        /** DataType union. */
        union?: (volley.FieldsType.$Properties|null);

        /** DataType kind. */
        kind?: ("scalar"|"decimal"|"enumeration"|"list"|"array"|"struct"|"map"|"union");

        /**
         * Encodes the specified DataType message. Does not implicitly {@link volley.DataType.verify|verify} messages.
         * @param message DataType message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.DataType.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a DataType message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.DataType & volley.DataType.$Shape} DataType
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.DataType & volley.DataType.$Shape;
    }

    namespace DataType {

        /** Properties of a DataType. */
        interface $Properties {

            /** DataType scalar */
            scalar?: (volley.DataType.Scalar|null);

            /** DataType decimal */
            decimal?: (volley.DecimalType.$Properties|null);

            /** DataType enumeration */
            enumeration?: (volley.EnumType.$Properties|null);

            /** DataType list */
            list?: (volley.DataType.$Properties|null);

            /** DataType array */
            array?: (volley.ArrayType.$Properties|null);

            /** DataType struct */
            struct?: (volley.FieldsType.$Properties|null);

            /** DataType map */
            map?: (volley.MapType.$Properties|null);

            /** DataType union */
            union?: (volley.FieldsType.$Properties|null);

            /** DataType kind */
            kind?: ("scalar"|"decimal"|"enumeration"|"list"|"array"|"struct"|"map"|"union");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a DataType. */
        type $Shape = {
          scalar?: volley.DataType.Scalar|null;
          decimal?: volley.DecimalType.$Shape|null;
          enumeration?: volley.EnumType.$Shape|null;
          list?: volley.DataType.$Shape|null;
          array?: volley.ArrayType.$Shape|null;
          struct?: volley.FieldsType.$Shape|null;
          map?: volley.MapType.$Shape|null;
          union?: volley.FieldsType.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; scalar?: null; decimal?: null; enumeration?: null; list?: null; array?: null; struct?: null; map?: null; union?: null }|{ kind?: "scalar"; scalar: volley.DataType.Scalar; decimal?: null; enumeration?: null; list?: null; array?: null; struct?: null; map?: null; union?: null }|{ kind?: "decimal"; scalar?: null; decimal: volley.DecimalType.$Shape; enumeration?: null; list?: null; array?: null; struct?: null; map?: null; union?: null }|{ kind?: "enumeration"; scalar?: null; decimal?: null; enumeration: volley.EnumType.$Shape; list?: null; array?: null; struct?: null; map?: null; union?: null }|{ kind?: "list"; scalar?: null; decimal?: null; enumeration?: null; list: volley.DataType.$Shape; array?: null; struct?: null; map?: null; union?: null }|{ kind?: "array"; scalar?: null; decimal?: null; enumeration?: null; list?: null; array: volley.ArrayType.$Shape; struct?: null; map?: null; union?: null }|{ kind?: "struct"; scalar?: null; decimal?: null; enumeration?: null; list?: null; array?: null; struct: volley.FieldsType.$Shape; map?: null; union?: null }|{ kind?: "map"; scalar?: null; decimal?: null; enumeration?: null; list?: null; array?: null; struct?: null; map: volley.MapType.$Shape; union?: null }|{ kind?: "union"; scalar?: null; decimal?: null; enumeration?: null; list?: null; array?: null; struct?: null; map?: null; union: volley.FieldsType.$Shape })
        );

        /** Scalar enum. */
        enum Scalar {

            /** UNSPECIFIED value */
            UNSPECIFIED = 0,

            /** BOOLEAN value */
            BOOLEAN = 1,

            /** TINYINT value */
            TINYINT = 2,

            /** SMALLINT value */
            SMALLINT = 3,

            /** INTEGER value */
            INTEGER = 4,

            /** BIGINT value */
            BIGINT = 5,

            /** HUGEINT value */
            HUGEINT = 6,

            /** UTINYINT value */
            UTINYINT = 7,

            /** USMALLINT value */
            USMALLINT = 8,

            /** UINTEGER value */
            UINTEGER = 9,

            /** UBIGINT value */
            UBIGINT = 10,

            /** UHUGEINT value */
            UHUGEINT = 11,

            /** BIGNUM value */
            BIGNUM = 12,

            /** FLOAT value */
            FLOAT = 13,

            /** DOUBLE value */
            DOUBLE = 14,

            /** VARCHAR value */
            VARCHAR = 15,

            /** BLOB value */
            BLOB = 16,

            /** BIT value */
            BIT = 17,

            /** DATE value */
            DATE = 18,

            /** TIME value */
            TIME = 19,

            /** TIME_NS value */
            TIME_NS = 20,

            /** TIME_WITH_TIME_ZONE value */
            TIME_WITH_TIME_ZONE = 21,

            /** TIMESTAMP value */
            TIMESTAMP = 22,

            /** TIMESTAMP_S value */
            TIMESTAMP_S = 23,

            /** TIMESTAMP_MS value */
            TIMESTAMP_MS = 24,

            /** TIMESTAMP_NS value */
            TIMESTAMP_NS = 25,

            /** TIMESTAMP_WITH_TIME_ZONE value */
            TIMESTAMP_WITH_TIME_ZONE = 26,

            /** INTERVAL value */
            INTERVAL = 27,

            /** UUID value */
            UUID = 28,

            /** JSON value */
            JSON = 29,

            /** NULL_TYPE value */
            NULL_TYPE = 30
        }
    }

    /**
     * Properties of a DecimalType.
     * @deprecated Use volley.DecimalType.$Properties instead.
     */
    interface IDecimalType extends volley.DecimalType.$Properties {
    }

    /** Represents a DecimalType. */
    class DecimalType {

        /**
         * Constructs a new DecimalType.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.DecimalType.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** DecimalType width. */
        width: number;

        /** DecimalType scale. */
        scale: number;

        /**
         * Encodes the specified DecimalType message. Does not implicitly {@link volley.DecimalType.verify|verify} messages.
         * @param message DecimalType message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.DecimalType.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a DecimalType message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.DecimalType & volley.DecimalType.$Shape} DecimalType
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.DecimalType & volley.DecimalType.$Shape;
    }

    namespace DecimalType {

        /** Properties of a DecimalType. */
        interface $Properties {

            /** DecimalType width */
            width?: (number|null);

            /** DecimalType scale */
            scale?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a DecimalType. */
        type $Shape = volley.DecimalType.$Properties;
    }

    /**
     * Properties of an EnumType.
     * @deprecated Use volley.EnumType.$Properties instead.
     */
    interface IEnumType extends volley.EnumType.$Properties {
    }

    /** Represents an EnumType. */
    class EnumType {

        /**
         * Constructs a new EnumType.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.EnumType.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** EnumType values. */
        values: string[];

        /**
         * Encodes the specified EnumType message. Does not implicitly {@link volley.EnumType.verify|verify} messages.
         * @param message EnumType message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.EnumType.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an EnumType message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.EnumType & volley.EnumType.$Shape} EnumType
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.EnumType & volley.EnumType.$Shape;
    }

    namespace EnumType {

        /** Properties of an EnumType. */
        interface $Properties {

            /** EnumType values */
            values?: (string[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an EnumType. */
        type $Shape = volley.EnumType.$Properties;
    }

    /**
     * Properties of an ArrayType.
     * @deprecated Use volley.ArrayType.$Properties instead.
     */
    interface IArrayType extends volley.ArrayType.$Properties {
    }

    /** Represents an ArrayType. */
    class ArrayType {

        /**
         * Constructs a new ArrayType.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.ArrayType.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ArrayType child. */
        child?: (volley.DataType.$Properties|null);

        /** ArrayType size. */
        size: number;

        /**
         * Encodes the specified ArrayType message. Does not implicitly {@link volley.ArrayType.verify|verify} messages.
         * @param message ArrayType message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.ArrayType.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an ArrayType message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.ArrayType & volley.ArrayType.$Shape} ArrayType
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.ArrayType & volley.ArrayType.$Shape;
    }

    namespace ArrayType {

        /** Properties of an ArrayType. */
        interface $Properties {

            /** ArrayType child */
            child?: (volley.DataType.$Properties|null);

            /** ArrayType size */
            size?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an ArrayType. */
        type $Shape = {
          child?: volley.DataType.$Shape|null;
          size?: number|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a FieldsType.
     * @deprecated Use volley.FieldsType.$Properties instead.
     */
    interface IFieldsType extends volley.FieldsType.$Properties {
    }

    /** Represents a FieldsType. */
    class FieldsType {

        /**
         * Constructs a new FieldsType.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.FieldsType.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FieldsType fields. */
        fields: volley.FieldType.$Properties[];

        /**
         * Encodes the specified FieldsType message. Does not implicitly {@link volley.FieldsType.verify|verify} messages.
         * @param message FieldsType message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.FieldsType.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FieldsType message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.FieldsType & volley.FieldsType.$Shape} FieldsType
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.FieldsType & volley.FieldsType.$Shape;
    }

    namespace FieldsType {

        /** Properties of a FieldsType. */
        interface $Properties {

            /** FieldsType fields */
            fields?: (volley.FieldType.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a FieldsType. */
        type $Shape = {
          fields?: volley.FieldType.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a FieldType.
     * @deprecated Use volley.FieldType.$Properties instead.
     */
    interface IFieldType extends volley.FieldType.$Properties {
    }

    /** Represents a FieldType. */
    class FieldType {

        /**
         * Constructs a new FieldType.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.FieldType.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FieldType name. */
        name: string;

        /** FieldType type. */
        type?: (volley.DataType.$Properties|null);

        /**
         * Encodes the specified FieldType message. Does not implicitly {@link volley.FieldType.verify|verify} messages.
         * @param message FieldType message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.FieldType.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FieldType message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.FieldType & volley.FieldType.$Shape} FieldType
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.FieldType & volley.FieldType.$Shape;
    }

    namespace FieldType {

        /** Properties of a FieldType. */
        interface $Properties {

            /** FieldType name */
            name?: (string|null);

            /** FieldType type */
            type?: (volley.DataType.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a FieldType. */
        type $Shape = {
          name?: string|null;
          type?: volley.DataType.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a MapType.
     * @deprecated Use volley.MapType.$Properties instead.
     */
    interface IMapType extends volley.MapType.$Properties {
    }

    /** Represents a MapType. */
    class MapType {

        /**
         * Constructs a new MapType.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.MapType.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** MapType key. */
        key?: (volley.DataType.$Properties|null);

        /** MapType value. */
        value?: (volley.DataType.$Properties|null);

        /**
         * Encodes the specified MapType message. Does not implicitly {@link volley.MapType.verify|verify} messages.
         * @param message MapType message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.MapType.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a MapType message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.MapType & volley.MapType.$Shape} MapType
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.MapType & volley.MapType.$Shape;
    }

    namespace MapType {

        /** Properties of a MapType. */
        interface $Properties {

            /** MapType key */
            key?: (volley.DataType.$Properties|null);

            /** MapType value */
            value?: (volley.DataType.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a MapType. */
        type $Shape = {
          key?: volley.DataType.$Shape|null;
          value?: volley.DataType.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Constant.
     * @deprecated Use volley.Constant.$Properties instead.
     */
    interface IConstant extends volley.Constant.$Properties {
    }

    /** Represents a Constant. */
    class Constant {

        /**
         * Constructs a new Constant.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Constant.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Constant null. */
        null?: (volley.Nothing.$Properties|null);

        /** Constant boolean. */
        boolean?: (boolean|null);

        /** Constant integer. */
        integer?: (Long|null);

        /** Constant wideInteger. */
        wideInteger?: (Uint8Array|null);

        /** Constant floating. */
        floating?: (number|null);

        /** Constant text. */
        text?: (string|null);

        /** Constant bytes. */
        bytes?: (Uint8Array|null);

        /** Constant interval. */
        interval?: (volley.IntervalValue.$Properties|null);

        /** Constant list. */
        list?: (volley.ConstantList.$Properties|null);

        /** Constant value. */
        value?: ("null"|"boolean"|"integer"|"wideInteger"|"floating"|"text"|"bytes"|"interval"|"list");

        /**
         * Encodes the specified Constant message. Does not implicitly {@link volley.Constant.verify|verify} messages.
         * @param message Constant message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Constant.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Constant message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Constant & volley.Constant.$Shape} Constant
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Constant & volley.Constant.$Shape;
    }

    namespace Constant {

        /** Properties of a Constant. */
        interface $Properties {

            /** Constant null */
            "null"?: (volley.Nothing.$Properties|null);

            /** Constant boolean */
            boolean?: (boolean|null);

            /** Constant integer */
            integer?: (Long|null);

            /** Constant wideInteger */
            wideInteger?: (Uint8Array|null);

            /** Constant floating */
            floating?: (number|null);

            /** Constant text */
            text?: (string|null);

            /** Constant bytes */
            bytes?: (Uint8Array|null);

            /** Constant interval */
            interval?: (volley.IntervalValue.$Properties|null);

            /** Constant list */
            list?: (volley.ConstantList.$Properties|null);

            /** Constant value */
            value?: ("null"|"boolean"|"integer"|"wideInteger"|"floating"|"text"|"bytes"|"interval"|"list");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Constant. */
        type $Shape = {
          "null"?: volley.Nothing.$Shape|null;
          boolean?: boolean|null;
          integer?: Long|null;
          wideInteger?: Uint8Array|null;
          floating?: number|null;
          text?: string|null;
          bytes?: Uint8Array|null;
          interval?: volley.IntervalValue.$Shape|null;
          list?: volley.ConstantList.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ value?: undefined; "null"?: null; boolean?: null; integer?: null; wideInteger?: null; floating?: null; text?: null; bytes?: null; interval?: null; list?: null }|{ value?: "null"; "null": volley.Nothing.$Shape; boolean?: null; integer?: null; wideInteger?: null; floating?: null; text?: null; bytes?: null; interval?: null; list?: null }|{ value?: "boolean"; "null"?: null; boolean: boolean; integer?: null; wideInteger?: null; floating?: null; text?: null; bytes?: null; interval?: null; list?: null }|{ value?: "integer"; "null"?: null; boolean?: null; integer: Long; wideInteger?: null; floating?: null; text?: null; bytes?: null; interval?: null; list?: null }|{ value?: "wideInteger"; "null"?: null; boolean?: null; integer?: null; wideInteger: Uint8Array; floating?: null; text?: null; bytes?: null; interval?: null; list?: null }|{ value?: "floating"; "null"?: null; boolean?: null; integer?: null; wideInteger?: null; floating: number; text?: null; bytes?: null; interval?: null; list?: null }|{ value?: "text"; "null"?: null; boolean?: null; integer?: null; wideInteger?: null; floating?: null; text: string; bytes?: null; interval?: null; list?: null }|{ value?: "bytes"; "null"?: null; boolean?: null; integer?: null; wideInteger?: null; floating?: null; text?: null; bytes: Uint8Array; interval?: null; list?: null }|{ value?: "interval"; "null"?: null; boolean?: null; integer?: null; wideInteger?: null; floating?: null; text?: null; bytes?: null; interval: volley.IntervalValue.$Shape; list?: null }|{ value?: "list"; "null"?: null; boolean?: null; integer?: null; wideInteger?: null; floating?: null; text?: null; bytes?: null; interval?: null; list: volley.ConstantList.$Shape })
        );
    }

    /**
     * Properties of an IntervalValue.
     * @deprecated Use volley.IntervalValue.$Properties instead.
     */
    interface IIntervalValue extends volley.IntervalValue.$Properties {
    }

    /** Represents an IntervalValue. */
    class IntervalValue {

        /**
         * Constructs a new IntervalValue.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.IntervalValue.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** IntervalValue months. */
        months: number;

        /** IntervalValue days. */
        days: number;

        /** IntervalValue micros. */
        micros: Long;

        /**
         * Encodes the specified IntervalValue message. Does not implicitly {@link volley.IntervalValue.verify|verify} messages.
         * @param message IntervalValue message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.IntervalValue.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an IntervalValue message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.IntervalValue & volley.IntervalValue.$Shape} IntervalValue
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.IntervalValue & volley.IntervalValue.$Shape;
    }

    namespace IntervalValue {

        /** Properties of an IntervalValue. */
        interface $Properties {

            /** IntervalValue months */
            months?: (number|null);

            /** IntervalValue days */
            days?: (number|null);

            /** IntervalValue micros */
            micros?: (Long|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an IntervalValue. */
        type $Shape = volley.IntervalValue.$Properties;
    }

    /**
     * Properties of a ConstantList.
     * @deprecated Use volley.ConstantList.$Properties instead.
     */
    interface IConstantList extends volley.ConstantList.$Properties {
    }

    /** Represents a ConstantList. */
    class ConstantList {

        /**
         * Constructs a new ConstantList.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.ConstantList.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ConstantList values. */
        values: volley.Constant.$Properties[];

        /**
         * Encodes the specified ConstantList message. Does not implicitly {@link volley.ConstantList.verify|verify} messages.
         * @param message ConstantList message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.ConstantList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ConstantList message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.ConstantList & volley.ConstantList.$Shape} ConstantList
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.ConstantList & volley.ConstantList.$Shape;
    }

    namespace ConstantList {

        /** Properties of a ConstantList. */
        interface $Properties {

            /** ConstantList values */
            values?: (volley.Constant.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ConstantList. */
        type $Shape = {
          values?: volley.Constant.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of an Expression.
     * @deprecated Use volley.Expression.$Properties instead.
     */
    interface IExpression extends volley.Expression.$Properties {
    }

    /** Represents an Expression. */
    class Expression {

        /**
         * Constructs a new Expression.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Expression.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Expression type. */
        type: number;

        /** Expression column. */
        column?: (number|null);

        /** Expression constant. */
        constant?: (volley.Constant.$Properties|null);

        /** Expression cast. */
        cast?: (volley.Cast.$Properties|null);

        /** Expression comparison. */
        comparison?: (volley.Comparison.$Properties|null);

        /** Expression conjunction. */
        conjunction?: (volley.Conjunction.$Properties|null);

        /** Expression between. */
        between?: (volley.Between.$Properties|null);

        /** Expression caseWhen. */
        caseWhen?: (volley.CaseWhen.$Properties|null);

        /** Expression syntax. */
        syntax?: (volley.SyntaxCall.$Properties|null);

        /** Expression functionCall. */
        functionCall?: (volley.FunctionCall.$Properties|null);

        /** Expression lambdaCall. */
        lambdaCall?: (volley.LambdaCall.$Properties|null);

        /** Expression parameter. */
        parameter?: (string|null);

        /** Expression node. */
        node?: ("column"|"constant"|"cast"|"comparison"|"conjunction"|"between"|"caseWhen"|"syntax"|"functionCall"|"lambdaCall"|"parameter");

        /**
         * Encodes the specified Expression message. Does not implicitly {@link volley.Expression.verify|verify} messages.
         * @param message Expression message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Expression.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Expression message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Expression & volley.Expression.$Shape} Expression
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Expression & volley.Expression.$Shape;
    }

    namespace Expression {

        /** Properties of an Expression. */
        interface $Properties {

            /** Expression type */
            type?: (number|null);

            /** Expression column */
            column?: (number|null);

            /** Expression constant */
            constant?: (volley.Constant.$Properties|null);

            /** Expression cast */
            cast?: (volley.Cast.$Properties|null);

            /** Expression comparison */
            comparison?: (volley.Comparison.$Properties|null);

            /** Expression conjunction */
            conjunction?: (volley.Conjunction.$Properties|null);

            /** Expression between */
            between?: (volley.Between.$Properties|null);

            /** Expression caseWhen */
            caseWhen?: (volley.CaseWhen.$Properties|null);

            /** Expression syntax */
            syntax?: (volley.SyntaxCall.$Properties|null);

            /** Expression functionCall */
            functionCall?: (volley.FunctionCall.$Properties|null);

            /** Expression lambdaCall */
            lambdaCall?: (volley.LambdaCall.$Properties|null);

            /** Expression parameter */
            parameter?: (string|null);

            /** Expression node */
            node?: ("column"|"constant"|"cast"|"comparison"|"conjunction"|"between"|"caseWhen"|"syntax"|"functionCall"|"lambdaCall"|"parameter");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of an Expression. */
        type $Shape = {
          type?: number|null;
          column?: number|null;
          constant?: volley.Constant.$Shape|null;
          cast?: volley.Cast.$Shape|null;
          comparison?: volley.Comparison.$Shape|null;
          conjunction?: volley.Conjunction.$Shape|null;
          between?: volley.Between.$Shape|null;
          caseWhen?: volley.CaseWhen.$Shape|null;
          syntax?: volley.SyntaxCall.$Shape|null;
          functionCall?: volley.FunctionCall.$Shape|null;
          lambdaCall?: volley.LambdaCall.$Shape|null;
          parameter?: string|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ node?: undefined; column?: null; constant?: null; cast?: null; comparison?: null; conjunction?: null; between?: null; caseWhen?: null; syntax?: null; functionCall?: null; lambdaCall?: null; parameter?: null }|{ node?: "column"; column: number; constant?: null; cast?: null; comparison?: null; conjunction?: null; between?: null; caseWhen?: null; syntax?: null; functionCall?: null; lambdaCall?: null; parameter?: null }|{ node?: "constant"; column?: null; constant: volley.Constant.$Shape; cast?: null; comparison?: null; conjunction?: null; between?: null; caseWhen?: null; syntax?: null; functionCall?: null; lambdaCall?: null; parameter?: null }|{ node?: "cast"; column?: null; constant?: null; cast: volley.Cast.$Shape; comparison?: null; conjunction?: null; between?: null; caseWhen?: null; syntax?: null; functionCall?: null; lambdaCall?: null; parameter?: null }|{ node?: "comparison"; column?: null; constant?: null; cast?: null; comparison: volley.Comparison.$Shape; conjunction?: null; between?: null; caseWhen?: null; syntax?: null; functionCall?: null; lambdaCall?: null; parameter?: null }|{ node?: "conjunction"; column?: null; constant?: null; cast?: null; comparison?: null; conjunction: volley.Conjunction.$Shape; between?: null; caseWhen?: null; syntax?: null; functionCall?: null; lambdaCall?: null; parameter?: null }|{ node?: "between"; column?: null; constant?: null; cast?: null; comparison?: null; conjunction?: null; between: volley.Between.$Shape; caseWhen?: null; syntax?: null; functionCall?: null; lambdaCall?: null; parameter?: null }|{ node?: "caseWhen"; column?: null; constant?: null; cast?: null; comparison?: null; conjunction?: null; between?: null; caseWhen: volley.CaseWhen.$Shape; syntax?: null; functionCall?: null; lambdaCall?: null; parameter?: null }|{ node?: "syntax"; column?: null; constant?: null; cast?: null; comparison?: null; conjunction?: null; between?: null; caseWhen?: null; syntax: volley.SyntaxCall.$Shape; functionCall?: null; lambdaCall?: null; parameter?: null }|{ node?: "functionCall"; column?: null; constant?: null; cast?: null; comparison?: null; conjunction?: null; between?: null; caseWhen?: null; syntax?: null; functionCall: volley.FunctionCall.$Shape; lambdaCall?: null; parameter?: null }|{ node?: "lambdaCall"; column?: null; constant?: null; cast?: null; comparison?: null; conjunction?: null; between?: null; caseWhen?: null; syntax?: null; functionCall?: null; lambdaCall: volley.LambdaCall.$Shape; parameter?: null }|{ node?: "parameter"; column?: null; constant?: null; cast?: null; comparison?: null; conjunction?: null; between?: null; caseWhen?: null; syntax?: null; functionCall?: null; lambdaCall?: null; parameter: string })
        );
    }

    /**
     * Properties of an ExpressionList.
     * @deprecated Use volley.ExpressionList.$Properties instead.
     */
    interface IExpressionList extends volley.ExpressionList.$Properties {
    }

    /** Represents an ExpressionList. */
    class ExpressionList {

        /**
         * Constructs a new ExpressionList.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.ExpressionList.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ExpressionList expressions. */
        expressions: volley.Expression.$Properties[];

        /**
         * Encodes the specified ExpressionList message. Does not implicitly {@link volley.ExpressionList.verify|verify} messages.
         * @param message ExpressionList message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.ExpressionList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an ExpressionList message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.ExpressionList & volley.ExpressionList.$Shape} ExpressionList
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.ExpressionList & volley.ExpressionList.$Shape;
    }

    namespace ExpressionList {

        /** Properties of an ExpressionList. */
        interface $Properties {

            /** ExpressionList expressions */
            expressions?: (volley.Expression.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an ExpressionList. */
        type $Shape = {
          expressions?: volley.Expression.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Cast.
     * @deprecated Use volley.Cast.$Properties instead.
     */
    interface ICast extends volley.Cast.$Properties {
    }

    /** Represents a Cast. */
    class Cast {

        /**
         * Constructs a new Cast.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Cast.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Cast input. */
        input?: (volley.Expression.$Properties|null);

        /** Cast isTry. */
        isTry: boolean;

        /**
         * Encodes the specified Cast message. Does not implicitly {@link volley.Cast.verify|verify} messages.
         * @param message Cast message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Cast.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Cast message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Cast & volley.Cast.$Shape} Cast
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Cast & volley.Cast.$Shape;
    }

    namespace Cast {

        /** Properties of a Cast. */
        interface $Properties {

            /** Cast input */
            input?: (volley.Expression.$Properties|null);

            /** Cast isTry */
            isTry?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Cast. */
        type $Shape = {
          input?: volley.Expression.$Shape|null;
          isTry?: boolean|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Comparison.
     * @deprecated Use volley.Comparison.$Properties instead.
     */
    interface IComparison extends volley.Comparison.$Properties {
    }

    /** Represents a Comparison. */
    class Comparison {

        /**
         * Constructs a new Comparison.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Comparison.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Comparison operator. */
        operator: volley.Comparison.Operator;

        /** Comparison left. */
        left?: (volley.Expression.$Properties|null);

        /** Comparison right. */
        right?: (volley.Expression.$Properties|null);

        /**
         * Encodes the specified Comparison message. Does not implicitly {@link volley.Comparison.verify|verify} messages.
         * @param message Comparison message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Comparison.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Comparison message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Comparison & volley.Comparison.$Shape} Comparison
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Comparison & volley.Comparison.$Shape;
    }

    namespace Comparison {

        /** Properties of a Comparison. */
        interface $Properties {

            /** Comparison operator */
            operator?: (volley.Comparison.Operator|null);

            /** Comparison left */
            left?: (volley.Expression.$Properties|null);

            /** Comparison right */
            right?: (volley.Expression.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Comparison. */
        type $Shape = {
          operator?: volley.Comparison.Operator|null;
          left?: volley.Expression.$Shape|null;
          right?: volley.Expression.$Shape|null;
          $unknowns?: Uint8Array[];
        };

        /** Operator enum. */
        enum Operator {

            /** UNSPECIFIED value */
            UNSPECIFIED = 0,

            /** EQUAL value */
            EQUAL = 1,

            /** NOT_EQUAL value */
            NOT_EQUAL = 2,

            /** LESS value */
            LESS = 3,

            /** GREATER value */
            GREATER = 4,

            /** LESS_OR_EQUAL value */
            LESS_OR_EQUAL = 5,

            /** GREATER_OR_EQUAL value */
            GREATER_OR_EQUAL = 6,

            /** DISTINCT_FROM value */
            DISTINCT_FROM = 7,

            /** NOT_DISTINCT_FROM value */
            NOT_DISTINCT_FROM = 8
        }
    }

    /**
     * Properties of a Conjunction.
     * @deprecated Use volley.Conjunction.$Properties instead.
     */
    interface IConjunction extends volley.Conjunction.$Properties {
    }

    /** Represents a Conjunction. */
    class Conjunction {

        /**
         * Constructs a new Conjunction.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Conjunction.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Conjunction connective. */
        connective: volley.Conjunction.Connective;

        /** Conjunction inputs. */
        inputs: volley.Expression.$Properties[];

        /**
         * Encodes the specified Conjunction message. Does not implicitly {@link volley.Conjunction.verify|verify} messages.
         * @param message Conjunction message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Conjunction.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Conjunction message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Conjunction & volley.Conjunction.$Shape} Conjunction
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Conjunction & volley.Conjunction.$Shape;
    }

    namespace Conjunction {

        /** Properties of a Conjunction. */
        interface $Properties {

            /** Conjunction connective */
            connective?: (volley.Conjunction.Connective|null);

            /** Conjunction inputs */
            inputs?: (volley.Expression.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Conjunction. */
        type $Shape = {
          connective?: volley.Conjunction.Connective|null;
          inputs?: volley.Expression.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };

        /** Connective enum. */
        enum Connective {

            /** UNSPECIFIED value */
            UNSPECIFIED = 0,

            /** AND value */
            AND = 1,

            /** OR value */
            OR = 2
        }
    }

    /**
     * Properties of a Between.
     * @deprecated Use volley.Between.$Properties instead.
     */
    interface IBetween extends volley.Between.$Properties {
    }

    /** Represents a Between. */
    class Between {

        /**
         * Constructs a new Between.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Between.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Between input. */
        input?: (volley.Expression.$Properties|null);

        /** Between lower. */
        lower?: (volley.Expression.$Properties|null);

        /** Between upper. */
        upper?: (volley.Expression.$Properties|null);

        /** Between lowerInclusive. */
        lowerInclusive: boolean;

        /** Between upperInclusive. */
        upperInclusive: boolean;

        /**
         * Encodes the specified Between message. Does not implicitly {@link volley.Between.verify|verify} messages.
         * @param message Between message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Between.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Between message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Between & volley.Between.$Shape} Between
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Between & volley.Between.$Shape;
    }

    namespace Between {

        /** Properties of a Between. */
        interface $Properties {

            /** Between input */
            input?: (volley.Expression.$Properties|null);

            /** Between lower */
            lower?: (volley.Expression.$Properties|null);

            /** Between upper */
            upper?: (volley.Expression.$Properties|null);

            /** Between lowerInclusive */
            lowerInclusive?: (boolean|null);

            /** Between upperInclusive */
            upperInclusive?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Between. */
        type $Shape = {
          input?: volley.Expression.$Shape|null;
          lower?: volley.Expression.$Shape|null;
          upper?: volley.Expression.$Shape|null;
          lowerInclusive?: boolean|null;
          upperInclusive?: boolean|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a CaseWhen.
     * @deprecated Use volley.CaseWhen.$Properties instead.
     */
    interface ICaseWhen extends volley.CaseWhen.$Properties {
    }

    /** Represents a CaseWhen. */
    class CaseWhen {

        /**
         * Constructs a new CaseWhen.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.CaseWhen.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** CaseWhen branches. */
        branches: volley.CaseBranch.$Properties[];

        /** CaseWhen otherwise. */
        otherwise?: (volley.Expression.$Properties|null);

        /**
         * Encodes the specified CaseWhen message. Does not implicitly {@link volley.CaseWhen.verify|verify} messages.
         * @param message CaseWhen message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.CaseWhen.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a CaseWhen message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.CaseWhen & volley.CaseWhen.$Shape} CaseWhen
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.CaseWhen & volley.CaseWhen.$Shape;
    }

    namespace CaseWhen {

        /** Properties of a CaseWhen. */
        interface $Properties {

            /** CaseWhen branches */
            branches?: (volley.CaseBranch.$Properties[]|null);

            /** CaseWhen otherwise */
            otherwise?: (volley.Expression.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a CaseWhen. */
        type $Shape = {
          branches?: volley.CaseBranch.$Shape[]|null;
          otherwise?: volley.Expression.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a CaseBranch.
     * @deprecated Use volley.CaseBranch.$Properties instead.
     */
    interface ICaseBranch extends volley.CaseBranch.$Properties {
    }

    /** Represents a CaseBranch. */
    class CaseBranch {

        /**
         * Constructs a new CaseBranch.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.CaseBranch.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** CaseBranch condition. */
        condition?: (volley.Expression.$Properties|null);

        /** CaseBranch value. */
        value?: (volley.Expression.$Properties|null);

        /**
         * Encodes the specified CaseBranch message. Does not implicitly {@link volley.CaseBranch.verify|verify} messages.
         * @param message CaseBranch message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.CaseBranch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a CaseBranch message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.CaseBranch & volley.CaseBranch.$Shape} CaseBranch
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.CaseBranch & volley.CaseBranch.$Shape;
    }

    namespace CaseBranch {

        /** Properties of a CaseBranch. */
        interface $Properties {

            /** CaseBranch condition */
            condition?: (volley.Expression.$Properties|null);

            /** CaseBranch value */
            value?: (volley.Expression.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a CaseBranch. */
        type $Shape = {
          condition?: volley.Expression.$Shape|null;
          value?: volley.Expression.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a SyntaxCall.
     * @deprecated Use volley.SyntaxCall.$Properties instead.
     */
    interface ISyntaxCall extends volley.SyntaxCall.$Properties {
    }

    /** Represents a SyntaxCall. */
    class SyntaxCall {

        /**
         * Constructs a new SyntaxCall.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.SyntaxCall.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** SyntaxCall operator. */
        operator: volley.SyntaxCall.Operator;

        /** SyntaxCall inputs. */
        inputs: volley.Expression.$Properties[];

        /**
         * Encodes the specified SyntaxCall message. Does not implicitly {@link volley.SyntaxCall.verify|verify} messages.
         * @param message SyntaxCall message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.SyntaxCall.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SyntaxCall message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.SyntaxCall & volley.SyntaxCall.$Shape} SyntaxCall
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.SyntaxCall & volley.SyntaxCall.$Shape;
    }

    namespace SyntaxCall {

        /** Properties of a SyntaxCall. */
        interface $Properties {

            /** SyntaxCall operator */
            operator?: (volley.SyntaxCall.Operator|null);

            /** SyntaxCall inputs */
            inputs?: (volley.Expression.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SyntaxCall. */
        type $Shape = {
          operator?: volley.SyntaxCall.Operator|null;
          inputs?: volley.Expression.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };

        /** Operator enum. */
        enum Operator {

            /** UNSPECIFIED value */
            UNSPECIFIED = 0,

            /** NOT value */
            NOT = 1,

            /** IS_NULL value */
            IS_NULL = 2,

            /** IS_NOT_NULL value */
            IS_NOT_NULL = 3,

            /** IN value */
            IN = 4,

            /** NOT_IN value */
            NOT_IN = 5,

            /** COALESCE value */
            COALESCE = 6,

            /** TRY value */
            TRY = 7
        }
    }

    /**
     * Properties of a FunctionCall.
     * @deprecated Use volley.FunctionCall.$Properties instead.
     */
    interface IFunctionCall extends volley.FunctionCall.$Properties {
    }

    /** Represents a FunctionCall. */
    class FunctionCall {

        /**
         * Constructs a new FunctionCall.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.FunctionCall.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FunctionCall name. */
        name: string;

        /** FunctionCall inputs. */
        inputs: volley.Expression.$Properties[];

        /** FunctionCall names. */
        names?: (volley.Names.$Properties|null);

        /**
         * Encodes the specified FunctionCall message. Does not implicitly {@link volley.FunctionCall.verify|verify} messages.
         * @param message FunctionCall message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.FunctionCall.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FunctionCall message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.FunctionCall & volley.FunctionCall.$Shape} FunctionCall
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.FunctionCall & volley.FunctionCall.$Shape;
    }

    namespace FunctionCall {

        /** Properties of a FunctionCall. */
        interface $Properties {

            /** FunctionCall name */
            name?: (string|null);

            /** FunctionCall inputs */
            inputs?: (volley.Expression.$Properties[]|null);

            /** FunctionCall names */
            names?: (volley.Names.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a FunctionCall. */
        type $Shape = {
          name?: string|null;
          inputs?: volley.Expression.$Shape[]|null;
          names?: volley.Names.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Names.
     * @deprecated Use volley.Names.$Properties instead.
     */
    interface INames extends volley.Names.$Properties {
    }

    /** Represents a Names. */
    class Names {

        /**
         * Constructs a new Names.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Names.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Names names. */
        names: string[];

        /**
         * Encodes the specified Names message. Does not implicitly {@link volley.Names.verify|verify} messages.
         * @param message Names message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Names.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Names message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Names & volley.Names.$Shape} Names
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Names & volley.Names.$Shape;
    }

    namespace Names {

        /** Properties of a Names. */
        interface $Properties {

            /** Names names */
            names?: (string[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Names. */
        type $Shape = volley.Names.$Properties;
    }

    /**
     * Properties of a LambdaCall.
     * @deprecated Use volley.LambdaCall.$Properties instead.
     */
    interface ILambdaCall extends volley.LambdaCall.$Properties {
    }

    /** Represents a LambdaCall. */
    class LambdaCall {

        /**
         * Constructs a new LambdaCall.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.LambdaCall.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** LambdaCall name. */
        name: string;

        /** LambdaCall inputs. */
        inputs: volley.Expression.$Properties[];

        /** LambdaCall parameters. */
        parameters: string[];

        /** LambdaCall body. */
        body?: (volley.Expression.$Properties|null);

        /**
         * Encodes the specified LambdaCall message. Does not implicitly {@link volley.LambdaCall.verify|verify} messages.
         * @param message LambdaCall message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.LambdaCall.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a LambdaCall message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.LambdaCall & volley.LambdaCall.$Shape} LambdaCall
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.LambdaCall & volley.LambdaCall.$Shape;
    }

    namespace LambdaCall {

        /** Properties of a LambdaCall. */
        interface $Properties {

            /** LambdaCall name */
            name?: (string|null);

            /** LambdaCall inputs */
            inputs?: (volley.Expression.$Properties[]|null);

            /** LambdaCall parameters */
            parameters?: (string[]|null);

            /** LambdaCall body */
            body?: (volley.Expression.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a LambdaCall. */
        type $Shape = {
          name?: string|null;
          inputs?: volley.Expression.$Shape[]|null;
          parameters?: string[]|null;
          body?: volley.Expression.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a SortKey.
     * @deprecated Use volley.SortKey.$Properties instead.
     */
    interface ISortKey extends volley.SortKey.$Properties {
    }

    /** Represents a SortKey. */
    class SortKey {

        /**
         * Constructs a new SortKey.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.SortKey.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** SortKey expression. */
        expression?: (volley.Expression.$Properties|null);

        /** SortKey descending. */
        descending: boolean;

        /** SortKey nullsFirst. */
        nullsFirst: boolean;

        /**
         * Encodes the specified SortKey message. Does not implicitly {@link volley.SortKey.verify|verify} messages.
         * @param message SortKey message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.SortKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SortKey message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.SortKey & volley.SortKey.$Shape} SortKey
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.SortKey & volley.SortKey.$Shape;
    }

    namespace SortKey {

        /** Properties of a SortKey. */
        interface $Properties {

            /** SortKey expression */
            expression?: (volley.Expression.$Properties|null);

            /** SortKey descending */
            descending?: (boolean|null);

            /** SortKey nullsFirst */
            nullsFirst?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SortKey. */
        type $Shape = {
          expression?: volley.Expression.$Shape|null;
          descending?: boolean|null;
          nullsFirst?: boolean|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of an AggregateCall.
     * @deprecated Use volley.AggregateCall.$Properties instead.
     */
    interface IAggregateCall extends volley.AggregateCall.$Properties {
    }

    /** Represents an AggregateCall. */
    class AggregateCall {

        /**
         * Constructs a new AggregateCall.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.AggregateCall.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AggregateCall name. */
        name: string;

        /** AggregateCall inputs. */
        inputs: volley.Expression.$Properties[];

        /** AggregateCall distinct. */
        distinct: boolean;

        /** AggregateCall filter. */
        filter?: (volley.Expression.$Properties|null);

        /** AggregateCall orderBy. */
        orderBy: volley.SortKey.$Properties[];

        /** AggregateCall type. */
        type: number;

        /**
         * Encodes the specified AggregateCall message. Does not implicitly {@link volley.AggregateCall.verify|verify} messages.
         * @param message AggregateCall message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.AggregateCall.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AggregateCall message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.AggregateCall & volley.AggregateCall.$Shape} AggregateCall
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.AggregateCall & volley.AggregateCall.$Shape;
    }

    namespace AggregateCall {

        /** Properties of an AggregateCall. */
        interface $Properties {

            /** AggregateCall name */
            name?: (string|null);

            /** AggregateCall inputs */
            inputs?: (volley.Expression.$Properties[]|null);

            /** AggregateCall distinct */
            distinct?: (boolean|null);

            /** AggregateCall filter */
            filter?: (volley.Expression.$Properties|null);

            /** AggregateCall orderBy */
            orderBy?: (volley.SortKey.$Properties[]|null);

            /** AggregateCall type */
            type?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AggregateCall. */
        type $Shape = {
          name?: string|null;
          inputs?: volley.Expression.$Shape[]|null;
          distinct?: boolean|null;
          filter?: volley.Expression.$Shape|null;
          orderBy?: volley.SortKey.$Shape[]|null;
          type?: number|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a WindowCall.
     * @deprecated Use volley.WindowCall.$Properties instead.
     */
    interface IWindowCall extends volley.WindowCall.$Properties {
    }

    /** Represents a WindowCall. */
    class WindowCall {

        /**
         * Constructs a new WindowCall.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.WindowCall.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** WindowCall name. */
        name: string;

        /** WindowCall inputs. */
        inputs: volley.Expression.$Properties[];

        /** WindowCall distinct. */
        distinct: boolean;

        /** WindowCall ignoreNulls. */
        ignoreNulls: boolean;

        /** WindowCall filter. */
        filter?: (volley.Expression.$Properties|null);

        /** WindowCall argumentOrder. */
        argumentOrder: volley.SortKey.$Properties[];

        /** WindowCall partitionBy. */
        partitionBy: volley.Expression.$Properties[];

        /** WindowCall orderBy. */
        orderBy: volley.SortKey.$Properties[];

        /** WindowCall frame. */
        frame?: (volley.Frame.$Properties|null);

        /** WindowCall type. */
        type: number;

        /**
         * Encodes the specified WindowCall message. Does not implicitly {@link volley.WindowCall.verify|verify} messages.
         * @param message WindowCall message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.WindowCall.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a WindowCall message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.WindowCall & volley.WindowCall.$Shape} WindowCall
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.WindowCall & volley.WindowCall.$Shape;
    }

    namespace WindowCall {

        /** Properties of a WindowCall. */
        interface $Properties {

            /** WindowCall name */
            name?: (string|null);

            /** WindowCall inputs */
            inputs?: (volley.Expression.$Properties[]|null);

            /** WindowCall distinct */
            distinct?: (boolean|null);

            /** WindowCall ignoreNulls */
            ignoreNulls?: (boolean|null);

            /** WindowCall filter */
            filter?: (volley.Expression.$Properties|null);

            /** WindowCall argumentOrder */
            argumentOrder?: (volley.SortKey.$Properties[]|null);

            /** WindowCall partitionBy */
            partitionBy?: (volley.Expression.$Properties[]|null);

            /** WindowCall orderBy */
            orderBy?: (volley.SortKey.$Properties[]|null);

            /** WindowCall frame */
            frame?: (volley.Frame.$Properties|null);

            /** WindowCall type */
            type?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a WindowCall. */
        type $Shape = {
          name?: string|null;
          inputs?: volley.Expression.$Shape[]|null;
          distinct?: boolean|null;
          ignoreNulls?: boolean|null;
          filter?: volley.Expression.$Shape|null;
          argumentOrder?: volley.SortKey.$Shape[]|null;
          partitionBy?: volley.Expression.$Shape[]|null;
          orderBy?: volley.SortKey.$Shape[]|null;
          frame?: volley.Frame.$Shape|null;
          type?: number|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Frame.
     * @deprecated Use volley.Frame.$Properties instead.
     */
    interface IFrame extends volley.Frame.$Properties {
    }

    /** Represents a Frame. */
    class Frame {

        /**
         * Constructs a new Frame.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Frame.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Frame mode. */
        mode: volley.Frame.Mode;

        /** Frame start. */
        start?: (volley.FrameBound.$Properties|null);

        /** Frame end. */
        end?: (volley.FrameBound.$Properties|null);

        /** Frame exclude. */
        exclude: volley.Frame.Exclude;

        /**
         * Encodes the specified Frame message. Does not implicitly {@link volley.Frame.verify|verify} messages.
         * @param message Frame message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Frame.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Frame message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Frame & volley.Frame.$Shape} Frame
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Frame & volley.Frame.$Shape;
    }

    namespace Frame {

        /** Properties of a Frame. */
        interface $Properties {

            /** Frame mode */
            mode?: (volley.Frame.Mode|null);

            /** Frame start */
            start?: (volley.FrameBound.$Properties|null);

            /** Frame end */
            end?: (volley.FrameBound.$Properties|null);

            /** Frame exclude */
            exclude?: (volley.Frame.Exclude|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Frame. */
        type $Shape = {
          mode?: volley.Frame.Mode|null;
          start?: volley.FrameBound.$Shape|null;
          end?: volley.FrameBound.$Shape|null;
          exclude?: volley.Frame.Exclude|null;
          $unknowns?: Uint8Array[];
        };

        /** Mode enum. */
        enum Mode {

            /** UNSPECIFIED value */
            UNSPECIFIED = 0,

            /** ROWS value */
            ROWS = 1,

            /** RANGE value */
            RANGE = 2,

            /** GROUPS value */
            GROUPS = 3
        }

        /** Exclude enum. */
        enum Exclude {

            /** EXCLUDE_NOTHING value */
            EXCLUDE_NOTHING = 0,

            /** EXCLUDE_CURRENT_ROW value */
            EXCLUDE_CURRENT_ROW = 1,

            /** EXCLUDE_GROUP value */
            EXCLUDE_GROUP = 2,

            /** EXCLUDE_TIES value */
            EXCLUDE_TIES = 3
        }
    }

    /**
     * Properties of a FrameBound.
     * @deprecated Use volley.FrameBound.$Properties instead.
     */
    interface IFrameBound extends volley.FrameBound.$Properties {
    }

    /** Represents a FrameBound. */
    class FrameBound {

        /**
         * Constructs a new FrameBound.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.FrameBound.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FrameBound unboundedPreceding. */
        unboundedPreceding?: (volley.Nothing.$Properties|null);

        /** FrameBound unboundedFollowing. */
        unboundedFollowing?: (volley.Nothing.$Properties|null);

        /** FrameBound currentRow. */
        currentRow?: (volley.Nothing.$Properties|null);

        /** FrameBound preceding. */
        preceding?: (volley.Expression.$Properties|null);

        /** FrameBound following. */
        following?: (volley.Expression.$Properties|null);

        /** FrameBound kind. */
        kind?: ("unboundedPreceding"|"unboundedFollowing"|"currentRow"|"preceding"|"following");

        /**
         * Encodes the specified FrameBound message. Does not implicitly {@link volley.FrameBound.verify|verify} messages.
         * @param message FrameBound message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.FrameBound.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FrameBound message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.FrameBound & volley.FrameBound.$Shape} FrameBound
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.FrameBound & volley.FrameBound.$Shape;
    }

    namespace FrameBound {

        /** Properties of a FrameBound. */
        interface $Properties {

            /** FrameBound unboundedPreceding */
            unboundedPreceding?: (volley.Nothing.$Properties|null);

            /** FrameBound unboundedFollowing */
            unboundedFollowing?: (volley.Nothing.$Properties|null);

            /** FrameBound currentRow */
            currentRow?: (volley.Nothing.$Properties|null);

            /** FrameBound preceding */
            preceding?: (volley.Expression.$Properties|null);

            /** FrameBound following */
            following?: (volley.Expression.$Properties|null);

            /** FrameBound kind */
            kind?: ("unboundedPreceding"|"unboundedFollowing"|"currentRow"|"preceding"|"following");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a FrameBound. */
        type $Shape = {
          unboundedPreceding?: volley.Nothing.$Shape|null;
          unboundedFollowing?: volley.Nothing.$Shape|null;
          currentRow?: volley.Nothing.$Shape|null;
          preceding?: volley.Expression.$Shape|null;
          following?: volley.Expression.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; unboundedPreceding?: null; unboundedFollowing?: null; currentRow?: null; preceding?: null; following?: null }|{ kind?: "unboundedPreceding"; unboundedPreceding: volley.Nothing.$Shape; unboundedFollowing?: null; currentRow?: null; preceding?: null; following?: null }|{ kind?: "unboundedFollowing"; unboundedPreceding?: null; unboundedFollowing: volley.Nothing.$Shape; currentRow?: null; preceding?: null; following?: null }|{ kind?: "currentRow"; unboundedPreceding?: null; unboundedFollowing?: null; currentRow: volley.Nothing.$Shape; preceding?: null; following?: null }|{ kind?: "preceding"; unboundedPreceding?: null; unboundedFollowing?: null; currentRow?: null; preceding: volley.Expression.$Shape; following?: null }|{ kind?: "following"; unboundedPreceding?: null; unboundedFollowing?: null; currentRow?: null; preceding?: null; following: volley.Expression.$Shape })
        );
    }

    /**
     * Properties of a Relation.
     * @deprecated Use volley.Relation.$Properties instead.
     */
    interface IRelation extends volley.Relation.$Properties {
    }

    /** Represents a Relation. */
    class Relation {

        /**
         * Constructs a new Relation.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Relation.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Relation types. */
        types: number[];

        /** Relation estimatedRows. */
        estimatedRows?: (number|null);

        /** Relation scan. */
        scan?: (volley.Scan.$Properties|null);

        /** Relation tableFunction. */
        tableFunction?: (volley.TableFunction.$Properties|null);

        /** Relation values. */
        values?: (volley.Values.$Properties|null);

        /** Relation project. */
        project?: (volley.Project.$Properties|null);

        /** Relation filter. */
        filter?: (volley.Filter.$Properties|null);

        /** Relation aggregate. */
        aggregate?: (volley.Aggregate.$Properties|null);

        /** Relation join. */
        join?: (volley.Join.$Properties|null);

        /** Relation asofJoin. */
        asofJoin?: (volley.AsofJoin.$Properties|null);

        /** Relation positionalJoin. */
        positionalJoin?: (volley.PositionalJoin.$Properties|null);

        /** Relation sample. */
        sample?: (volley.Sample.$Properties|null);

        /** Relation sort. */
        sort?: (volley.Sort.$Properties|null);

        /** Relation distinct. */
        distinct?: (volley.Distinct.$Properties|null);

        /** Relation window. */
        window?: (volley.Window.$Properties|null);

        /** Relation unnest. */
        unnest?: (volley.Unnest.$Properties|null);

        /** Relation lateralFunction. */
        lateralFunction?: (volley.LateralFunction.$Properties|null);

        /** Relation setOperation. */
        setOperation?: (volley.SetOperation.$Properties|null);

        /** Relation with. */
        with?: (volley.With.$Properties|null);

        /** Relation recursive. */
        recursive?: (volley.Recursive.$Properties|null);

        /** Relation shared. */
        shared?: (number|null);

        /** Relation input. */
        input?: (volley.StageInput.$Properties|null);

        /** Relation node. */
        node?: ("scan"|"tableFunction"|"values"|"project"|"filter"|"aggregate"|"join"|"asofJoin"|"positionalJoin"|"sample"|"sort"|"distinct"|"window"|"unnest"|"lateralFunction"|"setOperation"|"with"|"recursive"|"shared"|"input");

        /**
         * Encodes the specified Relation message. Does not implicitly {@link volley.Relation.verify|verify} messages.
         * @param message Relation message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Relation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Relation message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Relation & volley.Relation.$Shape} Relation
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Relation & volley.Relation.$Shape;
    }

    namespace Relation {

        /** Properties of a Relation. */
        interface $Properties {

            /** Relation types */
            types?: (number[]|null);

            /** Relation estimatedRows */
            estimatedRows?: (number|null);

            /** Relation scan */
            scan?: (volley.Scan.$Properties|null);

            /** Relation tableFunction */
            tableFunction?: (volley.TableFunction.$Properties|null);

            /** Relation values */
            values?: (volley.Values.$Properties|null);

            /** Relation project */
            project?: (volley.Project.$Properties|null);

            /** Relation filter */
            filter?: (volley.Filter.$Properties|null);

            /** Relation aggregate */
            aggregate?: (volley.Aggregate.$Properties|null);

            /** Relation join */
            join?: (volley.Join.$Properties|null);

            /** Relation asofJoin */
            asofJoin?: (volley.AsofJoin.$Properties|null);

            /** Relation positionalJoin */
            positionalJoin?: (volley.PositionalJoin.$Properties|null);

            /** Relation sample */
            sample?: (volley.Sample.$Properties|null);

            /** Relation sort */
            sort?: (volley.Sort.$Properties|null);

            /** Relation distinct */
            distinct?: (volley.Distinct.$Properties|null);

            /** Relation window */
            window?: (volley.Window.$Properties|null);

            /** Relation unnest */
            unnest?: (volley.Unnest.$Properties|null);

            /** Relation lateralFunction */
            lateralFunction?: (volley.LateralFunction.$Properties|null);

            /** Relation setOperation */
            setOperation?: (volley.SetOperation.$Properties|null);

            /** Relation with */
            "with"?: (volley.With.$Properties|null);

            /** Relation recursive */
            recursive?: (volley.Recursive.$Properties|null);

            /** Relation shared */
            shared?: (number|null);

            /** Relation input */
            input?: (volley.StageInput.$Properties|null);

            /** Relation node */
            node?: ("scan"|"tableFunction"|"values"|"project"|"filter"|"aggregate"|"join"|"asofJoin"|"positionalJoin"|"sample"|"sort"|"distinct"|"window"|"unnest"|"lateralFunction"|"setOperation"|"with"|"recursive"|"shared"|"input");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Relation. */
        type $Shape = {
          types?: number[]|null;
          estimatedRows?: number|null;
          scan?: volley.Scan.$Shape|null;
          tableFunction?: volley.TableFunction.$Shape|null;
          values?: volley.Values.$Shape|null;
          project?: volley.Project.$Shape|null;
          filter?: volley.Filter.$Shape|null;
          aggregate?: volley.Aggregate.$Shape|null;
          join?: volley.Join.$Shape|null;
          asofJoin?: volley.AsofJoin.$Shape|null;
          positionalJoin?: volley.PositionalJoin.$Shape|null;
          sample?: volley.Sample.$Shape|null;
          sort?: volley.Sort.$Shape|null;
          distinct?: volley.Distinct.$Shape|null;
          window?: volley.Window.$Shape|null;
          unnest?: volley.Unnest.$Shape|null;
          lateralFunction?: volley.LateralFunction.$Shape|null;
          setOperation?: volley.SetOperation.$Shape|null;
          "with"?: volley.With.$Shape|null;
          recursive?: volley.Recursive.$Shape|null;
          shared?: number|null;
          input?: volley.StageInput.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ node?: undefined; scan?: null; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "scan"; scan: volley.Scan.$Shape; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "tableFunction"; scan?: null; tableFunction: volley.TableFunction.$Shape; values?: null; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "values"; scan?: null; tableFunction?: null; values: volley.Values.$Shape; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "project"; scan?: null; tableFunction?: null; values?: null; project: volley.Project.$Shape; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "filter"; scan?: null; tableFunction?: null; values?: null; project?: null; filter: volley.Filter.$Shape; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "aggregate"; scan?: null; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate: volley.Aggregate.$Shape; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "join"; scan?: null; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate?: null; join: volley.Join.$Shape; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "asofJoin"; scan?: null; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin: volley.AsofJoin.$Shape; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "positionalJoin"; scan?: null; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin: volley.PositionalJoin.$Shape; sample?: null; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "sample"; scan?: null; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample: volley.Sample.$Shape; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "sort"; scan?: null; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort: volley.Sort.$Shape; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "distinct"; scan?: null; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct: volley.Distinct.$Shape; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "window"; scan?: null; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window: volley.Window.$Shape; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "unnest"; scan?: null; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window?: null; unnest: volley.Unnest.$Shape; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "lateralFunction"; scan?: null; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction: volley.LateralFunction.$Shape; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "setOperation"; scan?: null; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation: volley.SetOperation.$Shape; "with"?: null; recursive?: null; shared?: null; input?: null }|{ node?: "with"; scan?: null; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with": volley.With.$Shape; recursive?: null; shared?: null; input?: null }|{ node?: "recursive"; scan?: null; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive: volley.Recursive.$Shape; shared?: null; input?: null }|{ node?: "shared"; scan?: null; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared: number; input?: null }|{ node?: "input"; scan?: null; tableFunction?: null; values?: null; project?: null; filter?: null; aggregate?: null; join?: null; asofJoin?: null; positionalJoin?: null; sample?: null; sort?: null; distinct?: null; window?: null; unnest?: null; lateralFunction?: null; setOperation?: null; "with"?: null; recursive?: null; shared?: null; input: volley.StageInput.$Shape })
        );
    }

    /**
     * Properties of a Scan.
     * @deprecated Use volley.Scan.$Properties instead.
     */
    interface IScan extends volley.Scan.$Properties {
    }

    /** Represents a Scan. */
    class Scan {

        /**
         * Constructs a new Scan.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Scan.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Scan table. */
        table: number;

        /** Scan format. */
        format?: (volley.ScanFormat.$Properties|null);

        /** Scan columns. */
        columns: volley.ScanColumn.$Properties[];

        /** Scan filters. */
        filters: volley.Expression.$Properties[];

        /** Scan pruning. */
        pruning: volley.Expression.$Properties[];

        /** Scan output. */
        output: number[];

        /**
         * Encodes the specified Scan message. Does not implicitly {@link volley.Scan.verify|verify} messages.
         * @param message Scan message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Scan.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Scan message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Scan & volley.Scan.$Shape} Scan
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Scan & volley.Scan.$Shape;
    }

    namespace Scan {

        /** Properties of a Scan. */
        interface $Properties {

            /** Scan table */
            table?: (number|null);

            /** Scan format */
            format?: (volley.ScanFormat.$Properties|null);

            /** Scan columns */
            columns?: (volley.ScanColumn.$Properties[]|null);

            /** Scan filters */
            filters?: (volley.Expression.$Properties[]|null);

            /** Scan pruning */
            pruning?: (volley.Expression.$Properties[]|null);

            /** Scan output */
            output?: (number[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Scan. */
        type $Shape = {
          table?: number|null;
          format?: volley.ScanFormat.$Shape|null;
          columns?: volley.ScanColumn.$Shape[]|null;
          filters?: volley.Expression.$Shape[]|null;
          pruning?: volley.Expression.$Shape[]|null;
          output?: number[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a ScanFormat.
     * @deprecated Use volley.ScanFormat.$Properties instead.
     */
    interface IScanFormat extends volley.ScanFormat.$Properties {
    }

    /** Represents a ScanFormat. */
    class ScanFormat {

        /**
         * Constructs a new ScanFormat.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.ScanFormat.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ScanFormat parquet. */
        parquet?: (volley.ParquetFormat.$Properties|null);

        /** ScanFormat csv. */
        csv?: (volley.CsvFormat.$Properties|null);

        /** ScanFormat json. */
        json?: (volley.JsonFormat.$Properties|null);

        /** ScanFormat kind. */
        kind?: ("parquet"|"csv"|"json");

        /**
         * Encodes the specified ScanFormat message. Does not implicitly {@link volley.ScanFormat.verify|verify} messages.
         * @param message ScanFormat message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.ScanFormat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ScanFormat message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.ScanFormat & volley.ScanFormat.$Shape} ScanFormat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.ScanFormat & volley.ScanFormat.$Shape;
    }

    namespace ScanFormat {

        /** Properties of a ScanFormat. */
        interface $Properties {

            /** ScanFormat parquet */
            parquet?: (volley.ParquetFormat.$Properties|null);

            /** ScanFormat csv */
            csv?: (volley.CsvFormat.$Properties|null);

            /** ScanFormat json */
            json?: (volley.JsonFormat.$Properties|null);

            /** ScanFormat kind */
            kind?: ("parquet"|"csv"|"json");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a ScanFormat. */
        type $Shape = {
          parquet?: volley.ParquetFormat.$Shape|null;
          csv?: volley.CsvFormat.$Shape|null;
          json?: volley.JsonFormat.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; parquet?: null; csv?: null; json?: null }|{ kind?: "parquet"; parquet: volley.ParquetFormat.$Shape; csv?: null; json?: null }|{ kind?: "csv"; parquet?: null; csv: volley.CsvFormat.$Shape; json?: null }|{ kind?: "json"; parquet?: null; csv?: null; json: volley.JsonFormat.$Shape })
        );
    }

    /**
     * Properties of a ParquetFormat.
     * @deprecated Use volley.ParquetFormat.$Properties instead.
     */
    interface IParquetFormat extends volley.ParquetFormat.$Properties {
    }

    /** Represents a ParquetFormat. */
    class ParquetFormat {

        /**
         * Constructs a new ParquetFormat.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.ParquetFormat.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ParquetFormat unionByName. */
        unionByName?: (boolean|null);

        /**
         * Encodes the specified ParquetFormat message. Does not implicitly {@link volley.ParquetFormat.verify|verify} messages.
         * @param message ParquetFormat message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.ParquetFormat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ParquetFormat message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.ParquetFormat & volley.ParquetFormat.$Shape} ParquetFormat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.ParquetFormat & volley.ParquetFormat.$Shape;
    }

    namespace ParquetFormat {

        /** Properties of a ParquetFormat. */
        interface $Properties {

            /** ParquetFormat unionByName */
            unionByName?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ParquetFormat. */
        type $Shape = volley.ParquetFormat.$Properties;
    }

    /**
     * Properties of a CsvFormat.
     * @deprecated Use volley.CsvFormat.$Properties instead.
     */
    interface ICsvFormat extends volley.CsvFormat.$Properties {
    }

    /** Represents a CsvFormat. */
    class CsvFormat {

        /**
         * Constructs a new CsvFormat.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.CsvFormat.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** CsvFormat delimiter. */
        delimiter: string;

        /** CsvFormat quote. */
        quote: string;

        /** CsvFormat escape. */
        escape: string;

        /** CsvFormat header. */
        header: boolean;

        /** CsvFormat nullText. */
        nullText: string;

        /**
         * Encodes the specified CsvFormat message. Does not implicitly {@link volley.CsvFormat.verify|verify} messages.
         * @param message CsvFormat message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.CsvFormat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a CsvFormat message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.CsvFormat & volley.CsvFormat.$Shape} CsvFormat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.CsvFormat & volley.CsvFormat.$Shape;
    }

    namespace CsvFormat {

        /** Properties of a CsvFormat. */
        interface $Properties {

            /** CsvFormat delimiter */
            delimiter?: (string|null);

            /** CsvFormat quote */
            quote?: (string|null);

            /** CsvFormat escape */
            escape?: (string|null);

            /** CsvFormat header */
            header?: (boolean|null);

            /** CsvFormat nullText */
            nullText?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a CsvFormat. */
        type $Shape = volley.CsvFormat.$Properties;
    }

    /**
     * Properties of a JsonFormat.
     * @deprecated Use volley.JsonFormat.$Properties instead.
     */
    interface IJsonFormat extends volley.JsonFormat.$Properties {
    }

    /** Represents a JsonFormat. */
    class JsonFormat {

        /**
         * Constructs a new JsonFormat.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.JsonFormat.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** JsonFormat layout. */
        layout: volley.JsonFormat.Layout;

        /**
         * Encodes the specified JsonFormat message. Does not implicitly {@link volley.JsonFormat.verify|verify} messages.
         * @param message JsonFormat message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.JsonFormat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JsonFormat message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.JsonFormat & volley.JsonFormat.$Shape} JsonFormat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.JsonFormat & volley.JsonFormat.$Shape;
    }

    namespace JsonFormat {

        /** Properties of a JsonFormat. */
        interface $Properties {

            /** JsonFormat layout */
            layout?: (volley.JsonFormat.Layout|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a JsonFormat. */
        type $Shape = volley.JsonFormat.$Properties;

        /** Layout enum. */
        enum Layout {

            /** UNSPECIFIED value */
            UNSPECIFIED = 0,

            /** ARRAY value */
            ARRAY = 1,

            /** NEWLINE_DELIMITED value */
            NEWLINE_DELIMITED = 2
        }
    }

    /**
     * Properties of a ScanColumn.
     * @deprecated Use volley.ScanColumn.$Properties instead.
     */
    interface IScanColumn extends volley.ScanColumn.$Properties {
    }

    /** Represents a ScanColumn. */
    class ScanColumn {

        /**
         * Constructs a new ScanColumn.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.ScanColumn.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ScanColumn type. */
        type: number;

        /** ScanColumn table. */
        table?: (string|null);

        /** ScanColumn virtual. */
        virtual?: (volley.ScanColumn.VirtualColumn|null);

        /** ScanColumn none. */
        none?: (volley.Nothing.$Properties|null);

        /** ScanColumn partition. */
        partition?: (string|null);

        /** ScanColumn kind. */
        kind?: ("table"|"virtual"|"none"|"partition");

        /**
         * Encodes the specified ScanColumn message. Does not implicitly {@link volley.ScanColumn.verify|verify} messages.
         * @param message ScanColumn message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.ScanColumn.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ScanColumn message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.ScanColumn & volley.ScanColumn.$Shape} ScanColumn
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.ScanColumn & volley.ScanColumn.$Shape;
    }

    namespace ScanColumn {

        /** Properties of a ScanColumn. */
        interface $Properties {

            /** ScanColumn type */
            type?: (number|null);

            /** ScanColumn table */
            table?: (string|null);

            /** ScanColumn virtual */
            virtual?: (volley.ScanColumn.VirtualColumn|null);

            /** ScanColumn none */
            none?: (volley.Nothing.$Properties|null);

            /** ScanColumn partition */
            partition?: (string|null);

            /** ScanColumn kind */
            kind?: ("table"|"virtual"|"none"|"partition");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a ScanColumn. */
        type $Shape = {
          type?: number|null;
          table?: string|null;
          virtual?: volley.ScanColumn.VirtualColumn|null;
          none?: volley.Nothing.$Shape|null;
          partition?: string|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; table?: null; virtual?: null; none?: null; partition?: null }|{ kind?: "table"; table: string; virtual?: null; none?: null; partition?: null }|{ kind?: "virtual"; table?: null; virtual: volley.ScanColumn.VirtualColumn; none?: null; partition?: null }|{ kind?: "none"; table?: null; virtual?: null; none: volley.Nothing.$Shape; partition?: null }|{ kind?: "partition"; table?: null; virtual?: null; none?: null; partition: string })
        );

        /** VirtualColumn enum. */
        enum VirtualColumn {

            /** UNSPECIFIED value */
            UNSPECIFIED = 0,

            /** FILENAME value */
            FILENAME = 1,

            /** FILE_ROW_NUMBER value */
            FILE_ROW_NUMBER = 2,

            /** FILE_INDEX value */
            FILE_INDEX = 3
        }
    }

    /**
     * Properties of a TableFunction.
     * @deprecated Use volley.TableFunction.$Properties instead.
     */
    interface ITableFunction extends volley.TableFunction.$Properties {
    }

    /** Represents a TableFunction. */
    class TableFunction {

        /**
         * Constructs a new TableFunction.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.TableFunction.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** TableFunction name. */
        name: string;

        /** TableFunction arguments. */
        arguments: volley.Expression.$Properties[];

        /** TableFunction columnCount. */
        columnCount: number;

        /** TableFunction output. */
        output: number[];

        /**
         * Encodes the specified TableFunction message. Does not implicitly {@link volley.TableFunction.verify|verify} messages.
         * @param message TableFunction message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.TableFunction.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a TableFunction message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.TableFunction & volley.TableFunction.$Shape} TableFunction
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.TableFunction & volley.TableFunction.$Shape;
    }

    namespace TableFunction {

        /** Properties of a TableFunction. */
        interface $Properties {

            /** TableFunction name */
            name?: (string|null);

            /** TableFunction arguments */
            "arguments"?: (volley.Expression.$Properties[]|null);

            /** TableFunction columnCount */
            columnCount?: (number|null);

            /** TableFunction output */
            output?: (number[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a TableFunction. */
        type $Shape = {
          name?: string|null;
          "arguments"?: volley.Expression.$Shape[]|null;
          columnCount?: number|null;
          output?: number[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Values.
     * @deprecated Use volley.Values.$Properties instead.
     */
    interface IValues extends volley.Values.$Properties {
    }

    /** Represents a Values. */
    class Values {

        /**
         * Constructs a new Values.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Values.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Values rows. */
        rows: volley.ExpressionList.$Properties[];

        /**
         * Encodes the specified Values message. Does not implicitly {@link volley.Values.verify|verify} messages.
         * @param message Values message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Values.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Values message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Values & volley.Values.$Shape} Values
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Values & volley.Values.$Shape;
    }

    namespace Values {

        /** Properties of a Values. */
        interface $Properties {

            /** Values rows */
            rows?: (volley.ExpressionList.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Values. */
        type $Shape = {
          rows?: volley.ExpressionList.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Project.
     * @deprecated Use volley.Project.$Properties instead.
     */
    interface IProject extends volley.Project.$Properties {
    }

    /** Represents a Project. */
    class Project {

        /**
         * Constructs a new Project.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Project.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Project input. */
        input?: (volley.Relation.$Properties|null);

        /** Project expressions. */
        expressions: volley.Expression.$Properties[];

        /**
         * Encodes the specified Project message. Does not implicitly {@link volley.Project.verify|verify} messages.
         * @param message Project message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Project.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Project message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Project & volley.Project.$Shape} Project
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Project & volley.Project.$Shape;
    }

    namespace Project {

        /** Properties of a Project. */
        interface $Properties {

            /** Project input */
            input?: (volley.Relation.$Properties|null);

            /** Project expressions */
            expressions?: (volley.Expression.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Project. */
        type $Shape = {
          input?: volley.Relation.$Shape|null;
          expressions?: volley.Expression.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Filter.
     * @deprecated Use volley.Filter.$Properties instead.
     */
    interface IFilter extends volley.Filter.$Properties {
    }

    /** Represents a Filter. */
    class Filter {

        /**
         * Constructs a new Filter.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Filter.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Filter input. */
        input?: (volley.Relation.$Properties|null);

        /** Filter predicates. */
        predicates: volley.Expression.$Properties[];

        /**
         * Encodes the specified Filter message. Does not implicitly {@link volley.Filter.verify|verify} messages.
         * @param message Filter message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Filter.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Filter message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Filter & volley.Filter.$Shape} Filter
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Filter & volley.Filter.$Shape;
    }

    namespace Filter {

        /** Properties of a Filter. */
        interface $Properties {

            /** Filter input */
            input?: (volley.Relation.$Properties|null);

            /** Filter predicates */
            predicates?: (volley.Expression.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Filter. */
        type $Shape = {
          input?: volley.Relation.$Shape|null;
          predicates?: volley.Expression.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of an Aggregate.
     * @deprecated Use volley.Aggregate.$Properties instead.
     */
    interface IAggregate extends volley.Aggregate.$Properties {
    }

    /** Represents an Aggregate. */
    class Aggregate {

        /**
         * Constructs a new Aggregate.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Aggregate.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Aggregate input. */
        input?: (volley.Relation.$Properties|null);

        /** Aggregate groups. */
        groups: volley.Expression.$Properties[];

        /** Aggregate groupingSets. */
        groupingSets: volley.Positions.$Properties[];

        /** Aggregate aggregates. */
        aggregates: volley.AggregateCall.$Properties[];

        /** Aggregate groupingCalls. */
        groupingCalls: volley.Positions.$Properties[];

        /**
         * Encodes the specified Aggregate message. Does not implicitly {@link volley.Aggregate.verify|verify} messages.
         * @param message Aggregate message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Aggregate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Aggregate message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Aggregate & volley.Aggregate.$Shape} Aggregate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Aggregate & volley.Aggregate.$Shape;
    }

    namespace Aggregate {

        /** Properties of an Aggregate. */
        interface $Properties {

            /** Aggregate input */
            input?: (volley.Relation.$Properties|null);

            /** Aggregate groups */
            groups?: (volley.Expression.$Properties[]|null);

            /** Aggregate groupingSets */
            groupingSets?: (volley.Positions.$Properties[]|null);

            /** Aggregate aggregates */
            aggregates?: (volley.AggregateCall.$Properties[]|null);

            /** Aggregate groupingCalls */
            groupingCalls?: (volley.Positions.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Aggregate. */
        type $Shape = {
          input?: volley.Relation.$Shape|null;
          groups?: volley.Expression.$Shape[]|null;
          groupingSets?: volley.Positions.$Shape[]|null;
          aggregates?: volley.AggregateCall.$Shape[]|null;
          groupingCalls?: volley.Positions.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Positions.
     * @deprecated Use volley.Positions.$Properties instead.
     */
    interface IPositions extends volley.Positions.$Properties {
    }

    /** Represents a Positions. */
    class Positions {

        /**
         * Constructs a new Positions.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Positions.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Positions positions. */
        positions: number[];

        /**
         * Encodes the specified Positions message. Does not implicitly {@link volley.Positions.verify|verify} messages.
         * @param message Positions message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Positions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Positions message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Positions & volley.Positions.$Shape} Positions
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Positions & volley.Positions.$Shape;
    }

    namespace Positions {

        /** Properties of a Positions. */
        interface $Properties {

            /** Positions positions */
            positions?: (number[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Positions. */
        type $Shape = volley.Positions.$Properties;
    }

    /**
     * Properties of a JoinCondition.
     * @deprecated Use volley.JoinCondition.$Properties instead.
     */
    interface IJoinCondition extends volley.JoinCondition.$Properties {
    }

    /** Represents a JoinCondition. */
    class JoinCondition {

        /**
         * Constructs a new JoinCondition.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.JoinCondition.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** JoinCondition operator. */
        operator: volley.Comparison.Operator;

        /** JoinCondition left. */
        left?: (volley.Expression.$Properties|null);

        /** JoinCondition right. */
        right?: (volley.Expression.$Properties|null);

        /**
         * Encodes the specified JoinCondition message. Does not implicitly {@link volley.JoinCondition.verify|verify} messages.
         * @param message JoinCondition message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.JoinCondition.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JoinCondition message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.JoinCondition & volley.JoinCondition.$Shape} JoinCondition
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.JoinCondition & volley.JoinCondition.$Shape;
    }

    namespace JoinCondition {

        /** Properties of a JoinCondition. */
        interface $Properties {

            /** JoinCondition operator */
            operator?: (volley.Comparison.Operator|null);

            /** JoinCondition left */
            left?: (volley.Expression.$Properties|null);

            /** JoinCondition right */
            right?: (volley.Expression.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a JoinCondition. */
        type $Shape = {
          operator?: volley.Comparison.Operator|null;
          left?: volley.Expression.$Shape|null;
          right?: volley.Expression.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Join.
     * @deprecated Use volley.Join.$Properties instead.
     */
    interface IJoin extends volley.Join.$Properties {
    }

    /** Represents a Join. */
    class Join {

        /**
         * Constructs a new Join.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Join.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Join joinType. */
        joinType: volley.Join.Type;

        /** Join left. */
        left?: (volley.Relation.$Properties|null);

        /** Join right. */
        right?: (volley.Relation.$Properties|null);

        /** Join conditions. */
        conditions: volley.JoinCondition.$Properties[];

        /** Join residual. */
        residual?: (volley.Expression.$Properties|null);

        /** Join outputLeft. */
        outputLeft: number[];

        /** Join outputRight. */
        outputRight: number[];

        /**
         * Encodes the specified Join message. Does not implicitly {@link volley.Join.verify|verify} messages.
         * @param message Join message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Join.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Join message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Join & volley.Join.$Shape} Join
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Join & volley.Join.$Shape;
    }

    namespace Join {

        /** Properties of a Join. */
        interface $Properties {

            /** Join joinType */
            joinType?: (volley.Join.Type|null);

            /** Join left */
            left?: (volley.Relation.$Properties|null);

            /** Join right */
            right?: (volley.Relation.$Properties|null);

            /** Join conditions */
            conditions?: (volley.JoinCondition.$Properties[]|null);

            /** Join residual */
            residual?: (volley.Expression.$Properties|null);

            /** Join outputLeft */
            outputLeft?: (number[]|null);

            /** Join outputRight */
            outputRight?: (number[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Join. */
        type $Shape = {
          joinType?: volley.Join.Type|null;
          left?: volley.Relation.$Shape|null;
          right?: volley.Relation.$Shape|null;
          conditions?: volley.JoinCondition.$Shape[]|null;
          residual?: volley.Expression.$Shape|null;
          outputLeft?: number[]|null;
          outputRight?: number[]|null;
          $unknowns?: Uint8Array[];
        };

        /** Type enum. */
        enum Type {

            /** UNSPECIFIED value */
            UNSPECIFIED = 0,

            /** INNER value */
            INNER = 1,

            /** LEFT value */
            LEFT = 2,

            /** RIGHT value */
            RIGHT = 3,

            /** FULL value */
            FULL = 4,

            /** SEMI value */
            SEMI = 5,

            /** ANTI value */
            ANTI = 6,

            /** RIGHT_SEMI value */
            RIGHT_SEMI = 7,

            /** RIGHT_ANTI value */
            RIGHT_ANTI = 8,

            /** MARK value */
            MARK = 9,

            /** SINGLE value */
            SINGLE = 10
        }
    }

    /**
     * Properties of an AsofJoin.
     * @deprecated Use volley.AsofJoin.$Properties instead.
     */
    interface IAsofJoin extends volley.AsofJoin.$Properties {
    }

    /** Represents an AsofJoin. */
    class AsofJoin {

        /**
         * Constructs a new AsofJoin.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.AsofJoin.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AsofJoin joinType. */
        joinType: volley.Join.Type;

        /** AsofJoin left. */
        left?: (volley.Relation.$Properties|null);

        /** AsofJoin right. */
        right?: (volley.Relation.$Properties|null);

        /** AsofJoin conditions. */
        conditions: volley.JoinCondition.$Properties[];

        /** AsofJoin residual. */
        residual?: (volley.Expression.$Properties|null);

        /** AsofJoin outputLeft. */
        outputLeft: number[];

        /** AsofJoin outputRight. */
        outputRight: number[];

        /**
         * Encodes the specified AsofJoin message. Does not implicitly {@link volley.AsofJoin.verify|verify} messages.
         * @param message AsofJoin message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.AsofJoin.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AsofJoin message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.AsofJoin & volley.AsofJoin.$Shape} AsofJoin
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.AsofJoin & volley.AsofJoin.$Shape;
    }

    namespace AsofJoin {

        /** Properties of an AsofJoin. */
        interface $Properties {

            /** AsofJoin joinType */
            joinType?: (volley.Join.Type|null);

            /** AsofJoin left */
            left?: (volley.Relation.$Properties|null);

            /** AsofJoin right */
            right?: (volley.Relation.$Properties|null);

            /** AsofJoin conditions */
            conditions?: (volley.JoinCondition.$Properties[]|null);

            /** AsofJoin residual */
            residual?: (volley.Expression.$Properties|null);

            /** AsofJoin outputLeft */
            outputLeft?: (number[]|null);

            /** AsofJoin outputRight */
            outputRight?: (number[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AsofJoin. */
        type $Shape = {
          joinType?: volley.Join.Type|null;
          left?: volley.Relation.$Shape|null;
          right?: volley.Relation.$Shape|null;
          conditions?: volley.JoinCondition.$Shape[]|null;
          residual?: volley.Expression.$Shape|null;
          outputLeft?: number[]|null;
          outputRight?: number[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a PositionalJoin.
     * @deprecated Use volley.PositionalJoin.$Properties instead.
     */
    interface IPositionalJoin extends volley.PositionalJoin.$Properties {
    }

    /** Represents a PositionalJoin. */
    class PositionalJoin {

        /**
         * Constructs a new PositionalJoin.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.PositionalJoin.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** PositionalJoin left. */
        left?: (volley.Relation.$Properties|null);

        /** PositionalJoin right. */
        right?: (volley.Relation.$Properties|null);

        /**
         * Encodes the specified PositionalJoin message. Does not implicitly {@link volley.PositionalJoin.verify|verify} messages.
         * @param message PositionalJoin message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.PositionalJoin.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a PositionalJoin message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.PositionalJoin & volley.PositionalJoin.$Shape} PositionalJoin
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.PositionalJoin & volley.PositionalJoin.$Shape;
    }

    namespace PositionalJoin {

        /** Properties of a PositionalJoin. */
        interface $Properties {

            /** PositionalJoin left */
            left?: (volley.Relation.$Properties|null);

            /** PositionalJoin right */
            right?: (volley.Relation.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a PositionalJoin. */
        type $Shape = {
          left?: volley.Relation.$Shape|null;
          right?: volley.Relation.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Sample.
     * @deprecated Use volley.Sample.$Properties instead.
     */
    interface ISample extends volley.Sample.$Properties {
    }

    /** Represents a Sample. */
    class Sample {

        /**
         * Constructs a new Sample.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Sample.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Sample input. */
        input?: (volley.Relation.$Properties|null);

        /** Sample method. */
        method: volley.Sample.Method;

        /** Sample percent. */
        percent?: (number|null);

        /** Sample rows. */
        rows?: (Long|null);

        /** Sample seed. */
        seed?: (Long|null);

        /** Sample size. */
        size?: ("percent"|"rows");

        /**
         * Encodes the specified Sample message. Does not implicitly {@link volley.Sample.verify|verify} messages.
         * @param message Sample message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Sample.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Sample message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Sample & volley.Sample.$Shape} Sample
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Sample & volley.Sample.$Shape;
    }

    namespace Sample {

        /** Properties of a Sample. */
        interface $Properties {

            /** Sample input */
            input?: (volley.Relation.$Properties|null);

            /** Sample method */
            method?: (volley.Sample.Method|null);

            /** Sample percent */
            percent?: (number|null);

            /** Sample rows */
            rows?: (Long|null);

            /** Sample seed */
            seed?: (Long|null);

            /** Sample size */
            size?: ("percent"|"rows");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Sample. */
        type $Shape = {
          input?: volley.Relation.$Shape|null;
          method?: volley.Sample.Method|null;
          percent?: number|null;
          rows?: Long|null;
          seed?: Long|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ size?: undefined; percent?: null; rows?: null }|{ size?: "percent"; percent: number; rows?: null }|{ size?: "rows"; percent?: null; rows: Long })
        );

        /** Method enum. */
        enum Method {

            /** UNSPECIFIED value */
            UNSPECIFIED = 0,

            /** SYSTEM value */
            SYSTEM = 1,

            /** BERNOULLI value */
            BERNOULLI = 2,

            /** RESERVOIR value */
            RESERVOIR = 3
        }
    }

    /**
     * Properties of a Sort.
     * @deprecated Use volley.Sort.$Properties instead.
     */
    interface ISort extends volley.Sort.$Properties {
    }

    /** Represents a Sort. */
    class Sort {

        /**
         * Constructs a new Sort.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Sort.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Sort input. */
        input?: (volley.Relation.$Properties|null);

        /** Sort keys. */
        keys: volley.SortKey.$Properties[];

        /** Sort limit. */
        limit?: (Long|null);

        /** Sort offset. */
        offset?: (Long|null);

        /**
         * Encodes the specified Sort message. Does not implicitly {@link volley.Sort.verify|verify} messages.
         * @param message Sort message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Sort.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Sort message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Sort & volley.Sort.$Shape} Sort
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Sort & volley.Sort.$Shape;
    }

    namespace Sort {

        /** Properties of a Sort. */
        interface $Properties {

            /** Sort input */
            input?: (volley.Relation.$Properties|null);

            /** Sort keys */
            keys?: (volley.SortKey.$Properties[]|null);

            /** Sort limit */
            limit?: (Long|null);

            /** Sort offset */
            offset?: (Long|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Sort. */
        type $Shape = {
          input?: volley.Relation.$Shape|null;
          keys?: volley.SortKey.$Shape[]|null;
          limit?: Long|null;
          offset?: Long|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Distinct.
     * @deprecated Use volley.Distinct.$Properties instead.
     */
    interface IDistinct extends volley.Distinct.$Properties {
    }

    /** Represents a Distinct. */
    class Distinct {

        /**
         * Constructs a new Distinct.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Distinct.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Distinct input. */
        input?: (volley.Relation.$Properties|null);

        /** Distinct on. */
        on?: (volley.ExpressionList.$Properties|null);

        /** Distinct orderBy. */
        orderBy: volley.SortKey.$Properties[];

        /**
         * Encodes the specified Distinct message. Does not implicitly {@link volley.Distinct.verify|verify} messages.
         * @param message Distinct message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Distinct.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Distinct message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Distinct & volley.Distinct.$Shape} Distinct
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Distinct & volley.Distinct.$Shape;
    }

    namespace Distinct {

        /** Properties of a Distinct. */
        interface $Properties {

            /** Distinct input */
            input?: (volley.Relation.$Properties|null);

            /** Distinct on */
            on?: (volley.ExpressionList.$Properties|null);

            /** Distinct orderBy */
            orderBy?: (volley.SortKey.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Distinct. */
        type $Shape = {
          input?: volley.Relation.$Shape|null;
          on?: volley.ExpressionList.$Shape|null;
          orderBy?: volley.SortKey.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Window.
     * @deprecated Use volley.Window.$Properties instead.
     */
    interface IWindow extends volley.Window.$Properties {
    }

    /** Represents a Window. */
    class Window {

        /**
         * Constructs a new Window.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Window.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Window input. */
        input?: (volley.Relation.$Properties|null);

        /** Window calls. */
        calls: volley.WindowCall.$Properties[];

        /**
         * Encodes the specified Window message. Does not implicitly {@link volley.Window.verify|verify} messages.
         * @param message Window message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Window.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Window message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Window & volley.Window.$Shape} Window
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Window & volley.Window.$Shape;
    }

    namespace Window {

        /** Properties of a Window. */
        interface $Properties {

            /** Window input */
            input?: (volley.Relation.$Properties|null);

            /** Window calls */
            calls?: (volley.WindowCall.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Window. */
        type $Shape = {
          input?: volley.Relation.$Shape|null;
          calls?: volley.WindowCall.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of an Unnest.
     * @deprecated Use volley.Unnest.$Properties instead.
     */
    interface IUnnest extends volley.Unnest.$Properties {
    }

    /** Represents an Unnest. */
    class Unnest {

        /**
         * Constructs a new Unnest.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Unnest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Unnest input. */
        input?: (volley.Relation.$Properties|null);

        /** Unnest lists. */
        lists: volley.Expression.$Properties[];

        /**
         * Encodes the specified Unnest message. Does not implicitly {@link volley.Unnest.verify|verify} messages.
         * @param message Unnest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Unnest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Unnest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Unnest & volley.Unnest.$Shape} Unnest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Unnest & volley.Unnest.$Shape;
    }

    namespace Unnest {

        /** Properties of an Unnest. */
        interface $Properties {

            /** Unnest input */
            input?: (volley.Relation.$Properties|null);

            /** Unnest lists */
            lists?: (volley.Expression.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Unnest. */
        type $Shape = {
          input?: volley.Relation.$Shape|null;
          lists?: volley.Expression.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a LateralFunction.
     * @deprecated Use volley.LateralFunction.$Properties instead.
     */
    interface ILateralFunction extends volley.LateralFunction.$Properties {
    }

    /** Represents a LateralFunction. */
    class LateralFunction {

        /**
         * Constructs a new LateralFunction.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.LateralFunction.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** LateralFunction input. */
        input?: (volley.Relation.$Properties|null);

        /** LateralFunction name. */
        name: string;

        /** LateralFunction arguments. */
        arguments: volley.Expression.$Properties[];

        /** LateralFunction columnCount. */
        columnCount: number;

        /** LateralFunction output. */
        output: number[];

        /**
         * Encodes the specified LateralFunction message. Does not implicitly {@link volley.LateralFunction.verify|verify} messages.
         * @param message LateralFunction message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.LateralFunction.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a LateralFunction message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.LateralFunction & volley.LateralFunction.$Shape} LateralFunction
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.LateralFunction & volley.LateralFunction.$Shape;
    }

    namespace LateralFunction {

        /** Properties of a LateralFunction. */
        interface $Properties {

            /** LateralFunction input */
            input?: (volley.Relation.$Properties|null);

            /** LateralFunction name */
            name?: (string|null);

            /** LateralFunction arguments */
            "arguments"?: (volley.Expression.$Properties[]|null);

            /** LateralFunction columnCount */
            columnCount?: (number|null);

            /** LateralFunction output */
            output?: (number[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a LateralFunction. */
        type $Shape = {
          input?: volley.Relation.$Shape|null;
          name?: string|null;
          "arguments"?: volley.Expression.$Shape[]|null;
          columnCount?: number|null;
          output?: number[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a SetOperation.
     * @deprecated Use volley.SetOperation.$Properties instead.
     */
    interface ISetOperation extends volley.SetOperation.$Properties {
    }

    /** Represents a SetOperation. */
    class SetOperation {

        /**
         * Constructs a new SetOperation.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.SetOperation.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** SetOperation operation. */
        operation: volley.SetOperation.Operation;

        /** SetOperation all. */
        all: boolean;

        /** SetOperation inputs. */
        inputs: volley.Relation.$Properties[];

        /**
         * Encodes the specified SetOperation message. Does not implicitly {@link volley.SetOperation.verify|verify} messages.
         * @param message SetOperation message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.SetOperation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SetOperation message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.SetOperation & volley.SetOperation.$Shape} SetOperation
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.SetOperation & volley.SetOperation.$Shape;
    }

    namespace SetOperation {

        /** Properties of a SetOperation. */
        interface $Properties {

            /** SetOperation operation */
            operation?: (volley.SetOperation.Operation|null);

            /** SetOperation all */
            all?: (boolean|null);

            /** SetOperation inputs */
            inputs?: (volley.Relation.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SetOperation. */
        type $Shape = {
          operation?: volley.SetOperation.Operation|null;
          all?: boolean|null;
          inputs?: volley.Relation.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };

        /** Operation enum. */
        enum Operation {

            /** UNSPECIFIED value */
            UNSPECIFIED = 0,

            /** UNION value */
            UNION = 1,

            /** EXCEPT value */
            EXCEPT = 2,

            /** INTERSECT value */
            INTERSECT = 3
        }
    }

    /**
     * Properties of a With.
     * @deprecated Use volley.With.$Properties instead.
     */
    interface IWith extends volley.With.$Properties {
    }

    /** Represents a With. */
    class With {

        /**
         * Constructs a new With.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.With.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** With id. */
        id: number;

        /** With definition. */
        definition?: (volley.Relation.$Properties|null);

        /** With body. */
        body?: (volley.Relation.$Properties|null);

        /**
         * Encodes the specified With message. Does not implicitly {@link volley.With.verify|verify} messages.
         * @param message With message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.With.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a With message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.With & volley.With.$Shape} With
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.With & volley.With.$Shape;
    }

    namespace With {

        /** Properties of a With. */
        interface $Properties {

            /** With id */
            id?: (number|null);

            /** With definition */
            definition?: (volley.Relation.$Properties|null);

            /** With body */
            body?: (volley.Relation.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a With. */
        type $Shape = {
          id?: number|null;
          definition?: volley.Relation.$Shape|null;
          body?: volley.Relation.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Recursive.
     * @deprecated Use volley.Recursive.$Properties instead.
     */
    interface IRecursive extends volley.Recursive.$Properties {
    }

    /** Represents a Recursive. */
    class Recursive {

        /**
         * Constructs a new Recursive.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Recursive.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Recursive id. */
        id: number;

        /** Recursive all. */
        all: boolean;

        /** Recursive anchor. */
        anchor?: (volley.Relation.$Properties|null);

        /** Recursive step. */
        step?: (volley.Relation.$Properties|null);

        /**
         * Encodes the specified Recursive message. Does not implicitly {@link volley.Recursive.verify|verify} messages.
         * @param message Recursive message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Recursive.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Recursive message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Recursive & volley.Recursive.$Shape} Recursive
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Recursive & volley.Recursive.$Shape;
    }

    namespace Recursive {

        /** Properties of a Recursive. */
        interface $Properties {

            /** Recursive id */
            id?: (number|null);

            /** Recursive all */
            all?: (boolean|null);

            /** Recursive anchor */
            anchor?: (volley.Relation.$Properties|null);

            /** Recursive step */
            step?: (volley.Relation.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Recursive. */
        type $Shape = {
          id?: number|null;
          all?: boolean|null;
          anchor?: volley.Relation.$Shape|null;
          step?: volley.Relation.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a StageInput.
     * @deprecated Use volley.StageInput.$Properties instead.
     */
    interface IStageInput extends volley.StageInput.$Properties {
    }

    /** Represents a StageInput. */
    class StageInput {

        /**
         * Constructs a new StageInput.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.StageInput.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StageInput stage. */
        stage: number;

        /** StageInput mode. */
        mode: volley.StageInput.Mode;

        /**
         * Encodes the specified StageInput message. Does not implicitly {@link volley.StageInput.verify|verify} messages.
         * @param message StageInput message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.StageInput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StageInput message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.StageInput & volley.StageInput.$Shape} StageInput
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.StageInput & volley.StageInput.$Shape;
    }

    namespace StageInput {

        /** Properties of a StageInput. */
        interface $Properties {

            /** StageInput stage */
            stage?: (number|null);

            /** StageInput mode */
            mode?: (volley.StageInput.Mode|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StageInput. */
        type $Shape = volley.StageInput.$Properties;

        /** Mode enum. */
        enum Mode {

            /** UNSPECIFIED value */
            UNSPECIFIED = 0,

            /** PARTITION value */
            PARTITION = 1,

            /** ALL value */
            ALL = 2,

            /** FORWARD value */
            FORWARD = 3,

            /** COMBINE value */
            COMBINE = 4
        }
    }

    /**
     * Properties of an ObjectIdentity.
     * @deprecated Use volley.ObjectIdentity.$Properties instead.
     */
    interface IObjectIdentity extends volley.ObjectIdentity.$Properties {
    }

    /** Represents an ObjectIdentity. */
    class ObjectIdentity {

        /**
         * Constructs a new ObjectIdentity.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.ObjectIdentity.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ObjectIdentity sizeBytes. */
        sizeBytes: Long;

        /** ObjectIdentity version. */
        version: string;

        /**
         * Encodes the specified ObjectIdentity message. Does not implicitly {@link volley.ObjectIdentity.verify|verify} messages.
         * @param message ObjectIdentity message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.ObjectIdentity.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an ObjectIdentity message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.ObjectIdentity & volley.ObjectIdentity.$Shape} ObjectIdentity
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.ObjectIdentity & volley.ObjectIdentity.$Shape;
    }

    namespace ObjectIdentity {

        /** Properties of an ObjectIdentity. */
        interface $Properties {

            /** ObjectIdentity sizeBytes */
            sizeBytes?: (Long|null);

            /** ObjectIdentity version */
            version?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an ObjectIdentity. */
        type $Shape = volley.ObjectIdentity.$Properties;
    }

    /**
     * Properties of an InputFile.
     * @deprecated Use volley.InputFile.$Properties instead.
     */
    interface IInputFile extends volley.InputFile.$Properties {
    }

    /** Represents an InputFile. */
    class InputFile {

        /**
         * Constructs a new InputFile.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.InputFile.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** InputFile location. */
        location: string;

        /** InputFile identity. */
        identity?: (volley.ObjectIdentity.$Properties|null);

        /**
         * Encodes the specified InputFile message. Does not implicitly {@link volley.InputFile.verify|verify} messages.
         * @param message InputFile message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.InputFile.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an InputFile message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.InputFile & volley.InputFile.$Shape} InputFile
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.InputFile & volley.InputFile.$Shape;
    }

    namespace InputFile {

        /** Properties of an InputFile. */
        interface $Properties {

            /** InputFile location */
            location?: (string|null);

            /** InputFile identity */
            identity?: (volley.ObjectIdentity.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an InputFile. */
        type $Shape = volley.InputFile.$Properties;
    }

    /**
     * Properties of a NamedColumn.
     * @deprecated Use volley.NamedColumn.$Properties instead.
     */
    interface INamedColumn extends volley.NamedColumn.$Properties {
    }

    /** Represents a NamedColumn. */
    class NamedColumn {

        /**
         * Constructs a new NamedColumn.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.NamedColumn.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** NamedColumn name. */
        name: string;

        /** NamedColumn type. */
        type: number;

        /**
         * Encodes the specified NamedColumn message. Does not implicitly {@link volley.NamedColumn.verify|verify} messages.
         * @param message NamedColumn message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.NamedColumn.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a NamedColumn message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.NamedColumn & volley.NamedColumn.$Shape} NamedColumn
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.NamedColumn & volley.NamedColumn.$Shape;
    }

    namespace NamedColumn {

        /** Properties of a NamedColumn. */
        interface $Properties {

            /** NamedColumn name */
            name?: (string|null);

            /** NamedColumn type */
            type?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a NamedColumn. */
        type $Shape = volley.NamedColumn.$Properties;
    }

    /**
     * Properties of a PlanTable.
     * @deprecated Use volley.PlanTable.$Properties instead.
     */
    interface IPlanTable extends volley.PlanTable.$Properties {
    }

    /** Represents a PlanTable. */
    class PlanTable {

        /**
         * Constructs a new PlanTable.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.PlanTable.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** PlanTable name. */
        name: string;

        /** PlanTable files. */
        files: volley.InputFile.$Properties[];

        /** PlanTable columns. */
        columns: volley.NamedColumn.$Properties[];

        /**
         * Encodes the specified PlanTable message. Does not implicitly {@link volley.PlanTable.verify|verify} messages.
         * @param message PlanTable message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.PlanTable.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a PlanTable message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.PlanTable & volley.PlanTable.$Shape} PlanTable
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.PlanTable & volley.PlanTable.$Shape;
    }

    namespace PlanTable {

        /** Properties of a PlanTable. */
        interface $Properties {

            /** PlanTable name */
            name?: (string|null);

            /** PlanTable files */
            files?: (volley.InputFile.$Properties[]|null);

            /** PlanTable columns */
            columns?: (volley.NamedColumn.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a PlanTable. */
        type $Shape = volley.PlanTable.$Properties;
    }

    /**
     * Properties of a Split.
     * @deprecated Use volley.Split.$Properties instead.
     */
    interface ISplit extends volley.Split.$Properties {
    }

    /** Represents a Split. */
    class Split {

        /**
         * Constructs a new Split.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Split.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Split file. */
        file: number;

        /** Split rows. */
        rows?: (volley.RowRange.$Properties|null);

        /** Split sizeBytes. */
        sizeBytes: Long;

        /** Split rowCount. */
        rowCount?: (Long|null);

        /**
         * Encodes the specified Split message. Does not implicitly {@link volley.Split.verify|verify} messages.
         * @param message Split message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Split.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Split message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Split & volley.Split.$Shape} Split
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Split & volley.Split.$Shape;
    }

    namespace Split {

        /** Properties of a Split. */
        interface $Properties {

            /** Split file */
            file?: (number|null);

            /** Split rows */
            rows?: (volley.RowRange.$Properties|null);

            /** Split sizeBytes */
            sizeBytes?: (Long|null);

            /** Split rowCount */
            rowCount?: (Long|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Split. */
        type $Shape = volley.Split.$Properties;
    }

    /**
     * Properties of a RowRange.
     * @deprecated Use volley.RowRange.$Properties instead.
     */
    interface IRowRange extends volley.RowRange.$Properties {
    }

    /** Represents a RowRange. */
    class RowRange {

        /**
         * Constructs a new RowRange.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.RowRange.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RowRange start. */
        start: Long;

        /** RowRange end. */
        end: Long;

        /**
         * Encodes the specified RowRange message. Does not implicitly {@link volley.RowRange.verify|verify} messages.
         * @param message RowRange message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.RowRange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RowRange message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.RowRange & volley.RowRange.$Shape} RowRange
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.RowRange & volley.RowRange.$Shape;
    }

    namespace RowRange {

        /** Properties of a RowRange. */
        interface $Properties {

            /** RowRange start */
            start?: (Long|null);

            /** RowRange end */
            end?: (Long|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RowRange. */
        type $Shape = volley.RowRange.$Properties;
    }

    /**
     * Properties of a SplitList.
     * @deprecated Use volley.SplitList.$Properties instead.
     */
    interface ISplitList extends volley.SplitList.$Properties {
    }

    /** Represents a SplitList. */
    class SplitList {

        /**
         * Constructs a new SplitList.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.SplitList.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** SplitList splits. */
        splits: volley.Split.$Properties[];

        /**
         * Encodes the specified SplitList message. Does not implicitly {@link volley.SplitList.verify|verify} messages.
         * @param message SplitList message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.SplitList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SplitList message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.SplitList & volley.SplitList.$Shape} SplitList
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.SplitList & volley.SplitList.$Shape;
    }

    namespace SplitList {

        /** Properties of a SplitList. */
        interface $Properties {

            /** SplitList splits */
            splits?: (volley.Split.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SplitList. */
        type $Shape = volley.SplitList.$Properties;
    }

    /**
     * Properties of a StageOutput.
     * @deprecated Use volley.StageOutput.$Properties instead.
     */
    interface IStageOutput extends volley.StageOutput.$Properties {
    }

    /** Represents a StageOutput. */
    class StageOutput {

        /**
         * Constructs a new StageOutput.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.StageOutput.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StageOutput hash. */
        hash?: (volley.HashOutput.$Properties|null);

        /** StageOutput single. */
        single?: (volley.Nothing.$Properties|null);

        /** StageOutput result. */
        result?: (volley.Nothing.$Properties|null);

        /** StageOutput combined. */
        combined?: (volley.CombinedOutput.$Properties|null);

        /** StageOutput kind. */
        kind?: ("hash"|"single"|"result"|"combined");

        /**
         * Encodes the specified StageOutput message. Does not implicitly {@link volley.StageOutput.verify|verify} messages.
         * @param message StageOutput message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.StageOutput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StageOutput message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.StageOutput & volley.StageOutput.$Shape} StageOutput
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.StageOutput & volley.StageOutput.$Shape;
    }

    namespace StageOutput {

        /** Properties of a StageOutput. */
        interface $Properties {

            /** StageOutput hash */
            hash?: (volley.HashOutput.$Properties|null);

            /** StageOutput single */
            single?: (volley.Nothing.$Properties|null);

            /** StageOutput result */
            result?: (volley.Nothing.$Properties|null);

            /** StageOutput combined */
            combined?: (volley.CombinedOutput.$Properties|null);

            /** StageOutput kind */
            kind?: ("hash"|"single"|"result"|"combined");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a StageOutput. */
        type $Shape = {
          hash?: volley.HashOutput.$Shape|null;
          single?: volley.Nothing.$Shape|null;
          result?: volley.Nothing.$Shape|null;
          combined?: volley.CombinedOutput.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; hash?: null; single?: null; result?: null; combined?: null }|{ kind?: "hash"; hash: volley.HashOutput.$Shape; single?: null; result?: null; combined?: null }|{ kind?: "single"; hash?: null; single: volley.Nothing.$Shape; result?: null; combined?: null }|{ kind?: "result"; hash?: null; single?: null; result: volley.Nothing.$Shape; combined?: null }|{ kind?: "combined"; hash?: null; single?: null; result?: null; combined: volley.CombinedOutput.$Shape })
        );
    }

    /**
     * Properties of a HashOutput.
     * @deprecated Use volley.HashOutput.$Properties instead.
     */
    interface IHashOutput extends volley.HashOutput.$Properties {
    }

    /** Represents a HashOutput. */
    class HashOutput {

        /**
         * Constructs a new HashOutput.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.HashOutput.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HashOutput keys. */
        keys: volley.Expression.$Properties[];

        /** HashOutput partitions. */
        partitions: number;

        /** HashOutput blocks. */
        blocks?: (number|null);

        /**
         * Encodes the specified HashOutput message. Does not implicitly {@link volley.HashOutput.verify|verify} messages.
         * @param message HashOutput message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.HashOutput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HashOutput message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.HashOutput & volley.HashOutput.$Shape} HashOutput
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.HashOutput & volley.HashOutput.$Shape;
    }

    namespace HashOutput {

        /** Properties of a HashOutput. */
        interface $Properties {

            /** HashOutput keys */
            keys?: (volley.Expression.$Properties[]|null);

            /** HashOutput partitions */
            partitions?: (number|null);

            /** HashOutput blocks */
            blocks?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HashOutput. */
        type $Shape = {
          keys?: volley.Expression.$Shape[]|null;
          partitions?: number|null;
          blocks?: number|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a CombinedOutput.
     * @deprecated Use volley.CombinedOutput.$Properties instead.
     */
    interface ICombinedOutput extends volley.CombinedOutput.$Properties {
    }

    /** Represents a CombinedOutput. */
    class CombinedOutput {

        /**
         * Constructs a new CombinedOutput.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.CombinedOutput.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** CombinedOutput partitions. */
        partitions: number;

        /** CombinedOutput producers. */
        producers: number;

        /** CombinedOutput producerBlocks. */
        producerBlocks: number;

        /** CombinedOutput partitionBlocks. */
        partitionBlocks: number;

        /**
         * Encodes the specified CombinedOutput message. Does not implicitly {@link volley.CombinedOutput.verify|verify} messages.
         * @param message CombinedOutput message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.CombinedOutput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a CombinedOutput message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.CombinedOutput & volley.CombinedOutput.$Shape} CombinedOutput
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.CombinedOutput & volley.CombinedOutput.$Shape;
    }

    namespace CombinedOutput {

        /** Properties of a CombinedOutput. */
        interface $Properties {

            /** CombinedOutput partitions */
            partitions?: (number|null);

            /** CombinedOutput producers */
            producers?: (number|null);

            /** CombinedOutput producerBlocks */
            producerBlocks?: (number|null);

            /** CombinedOutput partitionBlocks */
            partitionBlocks?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a CombinedOutput. */
        type $Shape = volley.CombinedOutput.$Properties;
    }

    /**
     * Properties of a StageScan.
     * @deprecated Use volley.StageScan.$Properties instead.
     */
    interface IStageScan extends volley.StageScan.$Properties {
    }

    /** Represents a StageScan. */
    class StageScan {

        /**
         * Constructs a new StageScan.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.StageScan.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StageScan table. */
        table: number;

        /** StageScan tasks. */
        tasks: volley.SplitList.$Properties[];

        /**
         * Encodes the specified StageScan message. Does not implicitly {@link volley.StageScan.verify|verify} messages.
         * @param message StageScan message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.StageScan.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StageScan message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.StageScan & volley.StageScan.$Shape} StageScan
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.StageScan & volley.StageScan.$Shape;
    }

    namespace StageScan {

        /** Properties of a StageScan. */
        interface $Properties {

            /** StageScan table */
            table?: (number|null);

            /** StageScan tasks */
            tasks?: (volley.SplitList.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StageScan. */
        type $Shape = volley.StageScan.$Properties;
    }

    /**
     * Properties of a Stage.
     * @deprecated Use volley.Stage.$Properties instead.
     */
    interface IStage extends volley.Stage.$Properties {
    }

    /** Represents a Stage. */
    class Stage {

        /**
         * Constructs a new Stage.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Stage.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Stage id. */
        id: number;

        /** Stage root. */
        root?: (volley.Relation.$Properties|null);

        /** Stage taskCount. */
        taskCount: number;

        /** Stage scans. */
        scans: volley.StageScan.$Properties[];

        /** Stage output. */
        output?: (volley.StageOutput.$Properties|null);

        /** Stage dependsOn. */
        dependsOn: number[];

        /** Stage threads. */
        threads: number;

        /** Stage shuffleCompression. */
        shuffleCompression?: (volley.Stage.ShuffleCompression|null);

        /**
         * Encodes the specified Stage message. Does not implicitly {@link volley.Stage.verify|verify} messages.
         * @param message Stage message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Stage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Stage message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Stage & volley.Stage.$Shape} Stage
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Stage & volley.Stage.$Shape;
    }

    namespace Stage {

        /** Properties of a Stage. */
        interface $Properties {

            /** Stage id */
            id?: (number|null);

            /** Stage root */
            root?: (volley.Relation.$Properties|null);

            /** Stage taskCount */
            taskCount?: (number|null);

            /** Stage scans */
            scans?: (volley.StageScan.$Properties[]|null);

            /** Stage output */
            output?: (volley.StageOutput.$Properties|null);

            /** Stage dependsOn */
            dependsOn?: (number[]|null);

            /** Stage threads */
            threads?: (number|null);

            /** Stage shuffleCompression */
            shuffleCompression?: (volley.Stage.ShuffleCompression|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Stage. */
        type $Shape = {
          id?: number|null;
          root?: volley.Relation.$Shape|null;
          taskCount?: number|null;
          scans?: volley.StageScan.$Shape[]|null;
          output?: volley.StageOutput.$Shape|null;
          dependsOn?: number[]|null;
          threads?: number|null;
          shuffleCompression?: volley.Stage.ShuffleCompression|null;
          $unknowns?: Uint8Array[];
        };

        /** ShuffleCompression enum. */
        enum ShuffleCompression {

            /** UNSPECIFIED value */
            UNSPECIFIED = 0,

            /** LZ4_FRAME value */
            LZ4_FRAME = 1
        }
    }

    /**
     * Properties of a StageGraph.
     * @deprecated Use volley.StageGraph.$Properties instead.
     */
    interface IStageGraph extends volley.StageGraph.$Properties {
    }

    /** Represents a StageGraph. */
    class StageGraph {

        /**
         * Constructs a new StageGraph.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.StageGraph.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StageGraph header. */
        header?: (volley.Header.$Properties|null);

        /** StageGraph types. */
        types: volley.DataType.$Properties[];

        /** StageGraph tables. */
        tables: volley.PlanTable.$Properties[];

        /** StageGraph stages. */
        stages: volley.Stage.$Properties[];

        /** StageGraph columns. */
        columns: volley.NamedColumn.$Properties[];

        /** StageGraph timeZone. */
        timeZone: string;

        /** StageGraph singleTaskReason. */
        singleTaskReason?: (string|null);

        /** StageGraph keyPrefixes. */
        keyPrefixes?: (number|null);

        /**
         * Encodes the specified StageGraph message. Does not implicitly {@link volley.StageGraph.verify|verify} messages.
         * @param message StageGraph message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.StageGraph.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StageGraph message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.StageGraph & volley.StageGraph.$Shape} StageGraph
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.StageGraph & volley.StageGraph.$Shape;
    }

    namespace StageGraph {

        /** Properties of a StageGraph. */
        interface $Properties {

            /** StageGraph header */
            header?: (volley.Header.$Properties|null);

            /** StageGraph types */
            types?: (volley.DataType.$Properties[]|null);

            /** StageGraph tables */
            tables?: (volley.PlanTable.$Properties[]|null);

            /** StageGraph stages */
            stages?: (volley.Stage.$Properties[]|null);

            /** StageGraph columns */
            columns?: (volley.NamedColumn.$Properties[]|null);

            /** StageGraph timeZone */
            timeZone?: (string|null);

            /** StageGraph singleTaskReason */
            singleTaskReason?: (string|null);

            /** StageGraph keyPrefixes */
            keyPrefixes?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StageGraph. */
        type $Shape = {
          header?: volley.Header.$Shape|null;
          types?: volley.DataType.$Shape[]|null;
          tables?: volley.PlanTable.$Shape[]|null;
          stages?: volley.Stage.$Shape[]|null;
          columns?: volley.NamedColumn.$Shape[]|null;
          timeZone?: string|null;
          singleTaskReason?: string|null;
          keyPrefixes?: number|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a LogicalPlan.
     * @deprecated Use volley.LogicalPlan.$Properties instead.
     */
    interface ILogicalPlan extends volley.LogicalPlan.$Properties {
    }

    /** Represents a LogicalPlan. */
    class LogicalPlan {

        /**
         * Constructs a new LogicalPlan.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.LogicalPlan.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** LogicalPlan header. */
        header?: (volley.Header.$Properties|null);

        /** LogicalPlan types. */
        types: volley.DataType.$Properties[];

        /** LogicalPlan tables. */
        tables: volley.PlanTable.$Properties[];

        /** LogicalPlan root. */
        root?: (volley.Relation.$Properties|null);

        /** LogicalPlan columns. */
        columns: volley.NamedColumn.$Properties[];

        /** LogicalPlan timeZone. */
        timeZone: string;

        /**
         * Encodes the specified LogicalPlan message. Does not implicitly {@link volley.LogicalPlan.verify|verify} messages.
         * @param message LogicalPlan message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.LogicalPlan.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a LogicalPlan message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.LogicalPlan & volley.LogicalPlan.$Shape} LogicalPlan
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.LogicalPlan & volley.LogicalPlan.$Shape;
    }

    namespace LogicalPlan {

        /** Properties of a LogicalPlan. */
        interface $Properties {

            /** LogicalPlan header */
            header?: (volley.Header.$Properties|null);

            /** LogicalPlan types */
            types?: (volley.DataType.$Properties[]|null);

            /** LogicalPlan tables */
            tables?: (volley.PlanTable.$Properties[]|null);

            /** LogicalPlan root */
            root?: (volley.Relation.$Properties|null);

            /** LogicalPlan columns */
            columns?: (volley.NamedColumn.$Properties[]|null);

            /** LogicalPlan timeZone */
            timeZone?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a LogicalPlan. */
        type $Shape = {
          header?: volley.Header.$Shape|null;
          types?: volley.DataType.$Shape[]|null;
          tables?: volley.PlanTable.$Shape[]|null;
          root?: volley.Relation.$Shape|null;
          columns?: volley.NamedColumn.$Shape[]|null;
          timeZone?: string|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Task.
     * @deprecated Use volley.Task.$Properties instead.
     */
    interface ITask extends volley.Task.$Properties {
    }

    /** Represents a Task. */
    class Task {

        /**
         * Constructs a new Task.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Task.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Task header. */
        header?: (volley.Header.$Properties|null);

        /** Task types. */
        types: volley.DataType.$Properties[];

        /** Task job. */
        job: string;

        /** Task stage. */
        stage?: (volley.Stage.$Properties|null);

        /** Task index. */
        index: number;

        /** Task attempt. */
        attempt: string;

        /** Task tables. */
        tables: volley.PlanTable.$Properties[];

        /** Task splits. */
        splits: volley.TaskSplits.$Properties[];

        /** Task inputs. */
        inputs: volley.TaskInput.$Properties[];

        /** Task outputKey. */
        outputKey: string;

        /** Task columns. */
        columns: string[];

        /** Task timeZone. */
        timeZone: string;

        /** Task threads. */
        threads: number;

        /** Task memoryMib. */
        memoryMib: number;

        /** Task deadlineMs. */
        deadlineMs: Long;

        /** Task inlineLimitBytes. */
        inlineLimitBytes: Long;

        /** Task resultFormat. */
        resultFormat: volley.Task.ResultFormat;

        /** Task stageReference. */
        stageReference?: (volley.StageReference.$Properties|null);

        /**
         * Encodes the specified Task message. Does not implicitly {@link volley.Task.verify|verify} messages.
         * @param message Task message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Task.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Task message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Task & volley.Task.$Shape} Task
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Task & volley.Task.$Shape;
    }

    namespace Task {

        /** Properties of a Task. */
        interface $Properties {

            /** Task header */
            header?: (volley.Header.$Properties|null);

            /** Task types */
            types?: (volley.DataType.$Properties[]|null);

            /** Task job */
            job?: (string|null);

            /** Task stage */
            stage?: (volley.Stage.$Properties|null);

            /** Task index */
            index?: (number|null);

            /** Task attempt */
            attempt?: (string|null);

            /** Task tables */
            tables?: (volley.PlanTable.$Properties[]|null);

            /** Task splits */
            splits?: (volley.TaskSplits.$Properties[]|null);

            /** Task inputs */
            inputs?: (volley.TaskInput.$Properties[]|null);

            /** Task outputKey */
            outputKey?: (string|null);

            /** Task columns */
            columns?: (string[]|null);

            /** Task timeZone */
            timeZone?: (string|null);

            /** Task threads */
            threads?: (number|null);

            /** Task memoryMib */
            memoryMib?: (number|null);

            /** Task deadlineMs */
            deadlineMs?: (Long|null);

            /** Task inlineLimitBytes */
            inlineLimitBytes?: (Long|null);

            /** Task resultFormat */
            resultFormat?: (volley.Task.ResultFormat|null);

            /** Task stageReference */
            stageReference?: (volley.StageReference.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Task. */
        type $Shape = {
          header?: volley.Header.$Shape|null;
          types?: volley.DataType.$Shape[]|null;
          job?: string|null;
          stage?: volley.Stage.$Shape|null;
          index?: number|null;
          attempt?: string|null;
          tables?: volley.PlanTable.$Shape[]|null;
          splits?: volley.TaskSplits.$Shape[]|null;
          inputs?: volley.TaskInput.$Shape[]|null;
          outputKey?: string|null;
          columns?: string[]|null;
          timeZone?: string|null;
          threads?: number|null;
          memoryMib?: number|null;
          deadlineMs?: Long|null;
          inlineLimitBytes?: Long|null;
          resultFormat?: volley.Task.ResultFormat|null;
          stageReference?: volley.StageReference.$Shape|null;
          $unknowns?: Uint8Array[];
        };

        /** ResultFormat enum. */
        enum ResultFormat {

            /** UNSPECIFIED value */
            UNSPECIFIED = 0,

            /** ARROW_STREAM value */
            ARROW_STREAM = 1,

            /** PARQUET_FILE value */
            PARQUET_FILE = 2
        }
    }

    /**
     * Properties of a TaskHead.
     * @deprecated Use volley.TaskHead.$Properties instead.
     */
    interface ITaskHead extends volley.TaskHead.$Properties {
    }

    /** Represents a TaskHead. */
    class TaskHead {

        /**
         * Constructs a new TaskHead.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.TaskHead.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** TaskHead header. */
        header?: (volley.Header.$Properties|null);

        /** TaskHead memoryMib. */
        memoryMib: number;

        /** TaskHead deadlineMs. */
        deadlineMs: Long;

        /**
         * Encodes the specified TaskHead message. Does not implicitly {@link volley.TaskHead.verify|verify} messages.
         * @param message TaskHead message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.TaskHead.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a TaskHead message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.TaskHead & volley.TaskHead.$Shape} TaskHead
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.TaskHead & volley.TaskHead.$Shape;
    }

    namespace TaskHead {

        /** Properties of a TaskHead. */
        interface $Properties {

            /** TaskHead header */
            header?: (volley.Header.$Properties|null);

            /** TaskHead memoryMib */
            memoryMib?: (number|null);

            /** TaskHead deadlineMs */
            deadlineMs?: (Long|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a TaskHead. */
        type $Shape = volley.TaskHead.$Properties;
    }

    /**
     * Properties of a StageReference.
     * @deprecated Use volley.StageReference.$Properties instead.
     */
    interface IStageReference extends volley.StageReference.$Properties {
    }

    /** Represents a StageReference. */
    class StageReference {

        /**
         * Constructs a new StageReference.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.StageReference.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StageReference key. */
        key: string;

        /** StageReference sizeBytes. */
        sizeBytes: Long;

        /** StageReference sha256. */
        sha256: Uint8Array;

        /**
         * Encodes the specified StageReference message. Does not implicitly {@link volley.StageReference.verify|verify} messages.
         * @param message StageReference message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.StageReference.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StageReference message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.StageReference & volley.StageReference.$Shape} StageReference
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.StageReference & volley.StageReference.$Shape;
    }

    namespace StageReference {

        /** Properties of a StageReference. */
        interface $Properties {

            /** StageReference key */
            key?: (string|null);

            /** StageReference sizeBytes */
            sizeBytes?: (Long|null);

            /** StageReference sha256 */
            sha256?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StageReference. */
        type $Shape = volley.StageReference.$Properties;
    }

    /**
     * Properties of a Fragment.
     * @deprecated Use volley.Fragment.$Properties instead.
     */
    interface IFragment extends volley.Fragment.$Properties {
    }

    /** Represents a Fragment. */
    class Fragment {

        /**
         * Constructs a new Fragment.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Fragment.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Fragment header. */
        header?: (volley.Header.$Properties|null);

        /** Fragment types. */
        types: volley.DataType.$Properties[];

        /** Fragment stage. */
        stage?: (volley.Stage.$Properties|null);

        /**
         * Encodes the specified Fragment message. Does not implicitly {@link volley.Fragment.verify|verify} messages.
         * @param message Fragment message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Fragment.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Fragment message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Fragment & volley.Fragment.$Shape} Fragment
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Fragment & volley.Fragment.$Shape;
    }

    namespace Fragment {

        /** Properties of a Fragment. */
        interface $Properties {

            /** Fragment header */
            header?: (volley.Header.$Properties|null);

            /** Fragment types */
            types?: (volley.DataType.$Properties[]|null);

            /** Fragment stage */
            stage?: (volley.Stage.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Fragment. */
        type $Shape = {
          header?: volley.Header.$Shape|null;
          types?: volley.DataType.$Shape[]|null;
          stage?: volley.Stage.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a TaskSplits.
     * @deprecated Use volley.TaskSplits.$Properties instead.
     */
    interface ITaskSplits extends volley.TaskSplits.$Properties {
    }

    /** Represents a TaskSplits. */
    class TaskSplits {

        /**
         * Constructs a new TaskSplits.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.TaskSplits.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** TaskSplits table. */
        table: number;

        /** TaskSplits splits. */
        splits: volley.Split.$Properties[];

        /**
         * Encodes the specified TaskSplits message. Does not implicitly {@link volley.TaskSplits.verify|verify} messages.
         * @param message TaskSplits message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.TaskSplits.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a TaskSplits message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.TaskSplits & volley.TaskSplits.$Shape} TaskSplits
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.TaskSplits & volley.TaskSplits.$Shape;
    }

    namespace TaskSplits {

        /** Properties of a TaskSplits. */
        interface $Properties {

            /** TaskSplits table */
            table?: (number|null);

            /** TaskSplits splits */
            splits?: (volley.Split.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a TaskSplits. */
        type $Shape = volley.TaskSplits.$Properties;
    }

    /**
     * Properties of a TaskInput.
     * @deprecated Use volley.TaskInput.$Properties instead.
     */
    interface ITaskInput extends volley.TaskInput.$Properties {
    }

    /** Represents a TaskInput. */
    class TaskInput {

        /**
         * Constructs a new TaskInput.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.TaskInput.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** TaskInput stage. */
        stage: number;

        /** TaskInput producers. */
        producers: volley.ProducedObject.$Properties[];

        /** TaskInput index. */
        index?: (volley.IndexObject.$Properties|null);

        /** TaskInput slice. */
        slice?: (volley.InputSlice.$Properties|null);

        /**
         * Encodes the specified TaskInput message. Does not implicitly {@link volley.TaskInput.verify|verify} messages.
         * @param message TaskInput message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.TaskInput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a TaskInput message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.TaskInput & volley.TaskInput.$Shape} TaskInput
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.TaskInput & volley.TaskInput.$Shape;
    }

    namespace TaskInput {

        /** Properties of a TaskInput. */
        interface $Properties {

            /** TaskInput stage */
            stage?: (number|null);

            /** TaskInput producers */
            producers?: (volley.ProducedObject.$Properties[]|null);

            /** TaskInput index */
            index?: (volley.IndexObject.$Properties|null);

            /** TaskInput slice */
            slice?: (volley.InputSlice.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a TaskInput. */
        type $Shape = volley.TaskInput.$Properties;
    }

    /**
     * Properties of an InputSlice.
     * @deprecated Use volley.InputSlice.$Properties instead.
     */
    interface IInputSlice extends volley.InputSlice.$Properties {
    }

    /** Represents an InputSlice. */
    class InputSlice {

        /**
         * Constructs a new InputSlice.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.InputSlice.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** InputSlice firstProducer. */
        firstProducer: number;

        /** InputSlice rowProducers. */
        rowProducers: number;

        /** InputSlice firstPartition. */
        firstPartition: number;

        /**
         * Encodes the specified InputSlice message. Does not implicitly {@link volley.InputSlice.verify|verify} messages.
         * @param message InputSlice message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.InputSlice.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an InputSlice message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.InputSlice & volley.InputSlice.$Shape} InputSlice
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.InputSlice & volley.InputSlice.$Shape;
    }

    namespace InputSlice {

        /** Properties of an InputSlice. */
        interface $Properties {

            /** InputSlice firstProducer */
            firstProducer?: (number|null);

            /** InputSlice rowProducers */
            rowProducers?: (number|null);

            /** InputSlice firstPartition */
            firstPartition?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an InputSlice. */
        type $Shape = volley.InputSlice.$Properties;
    }

    /**
     * Properties of a ProducedObject.
     * @deprecated Use volley.ProducedObject.$Properties instead.
     */
    interface IProducedObject extends volley.ProducedObject.$Properties {
    }

    /** Represents a ProducedObject. */
    class ProducedObject {

        /**
         * Constructs a new ProducedObject.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.ProducedObject.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ProducedObject key. */
        key: string;

        /** ProducedObject identity. */
        identity?: (volley.ObjectIdentity.$Properties|null);

        /** ProducedObject rows. */
        rows: Long;

        /**
         * Encodes the specified ProducedObject message. Does not implicitly {@link volley.ProducedObject.verify|verify} messages.
         * @param message ProducedObject message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.ProducedObject.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ProducedObject message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.ProducedObject & volley.ProducedObject.$Shape} ProducedObject
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.ProducedObject & volley.ProducedObject.$Shape;
    }

    namespace ProducedObject {

        /** Properties of a ProducedObject. */
        interface $Properties {

            /** ProducedObject key */
            key?: (string|null);

            /** ProducedObject identity */
            identity?: (volley.ObjectIdentity.$Properties|null);

            /** ProducedObject rows */
            rows?: (Long|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ProducedObject. */
        type $Shape = volley.ProducedObject.$Properties;
    }

    /**
     * Properties of an IndexObject.
     * @deprecated Use volley.IndexObject.$Properties instead.
     */
    interface IIndexObject extends volley.IndexObject.$Properties {
    }

    /** Represents an IndexObject. */
    class IndexObject {

        /**
         * Constructs a new IndexObject.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.IndexObject.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** IndexObject key. */
        key: string;

        /** IndexObject identity. */
        identity?: (volley.ObjectIdentity.$Properties|null);

        /**
         * Encodes the specified IndexObject message. Does not implicitly {@link volley.IndexObject.verify|verify} messages.
         * @param message IndexObject message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.IndexObject.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an IndexObject message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.IndexObject & volley.IndexObject.$Shape} IndexObject
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.IndexObject & volley.IndexObject.$Shape;
    }

    namespace IndexObject {

        /** Properties of an IndexObject. */
        interface $Properties {

            /** IndexObject key */
            key?: (string|null);

            /** IndexObject identity */
            identity?: (volley.ObjectIdentity.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an IndexObject. */
        type $Shape = volley.IndexObject.$Properties;
    }

    /**
     * Properties of a TaskOutcome.
     * @deprecated Use volley.TaskOutcome.$Properties instead.
     */
    interface ITaskOutcome extends volley.TaskOutcome.$Properties {
    }

    /** Represents a TaskOutcome. */
    class TaskOutcome {

        /**
         * Constructs a new TaskOutcome.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.TaskOutcome.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** TaskOutcome header. */
        header?: (volley.Header.$Properties|null);

        /** TaskOutcome succeeded. */
        succeeded?: (volley.Succeeded.$Properties|null);

        /** TaskOutcome failed. */
        failed?: (volley.Failed.$Properties|null);

        /** TaskOutcome throttled. */
        throttled?: (volley.Throttled.$Properties|null);

        /** TaskOutcome timedOut. */
        timedOut?: (volley.TimedOut.$Properties|null);

        /** TaskOutcome lost. */
        lost?: (volley.Lost.$Properties|null);

        /** TaskOutcome kind. */
        kind?: ("succeeded"|"failed"|"throttled"|"timedOut"|"lost");

        /**
         * Encodes the specified TaskOutcome message. Does not implicitly {@link volley.TaskOutcome.verify|verify} messages.
         * @param message TaskOutcome message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.TaskOutcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a TaskOutcome message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.TaskOutcome & volley.TaskOutcome.$Shape} TaskOutcome
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.TaskOutcome & volley.TaskOutcome.$Shape;
    }

    namespace TaskOutcome {

        /** Properties of a TaskOutcome. */
        interface $Properties {

            /** TaskOutcome header */
            header?: (volley.Header.$Properties|null);

            /** TaskOutcome succeeded */
            succeeded?: (volley.Succeeded.$Properties|null);

            /** TaskOutcome failed */
            failed?: (volley.Failed.$Properties|null);

            /** TaskOutcome throttled */
            throttled?: (volley.Throttled.$Properties|null);

            /** TaskOutcome timedOut */
            timedOut?: (volley.TimedOut.$Properties|null);

            /** TaskOutcome lost */
            lost?: (volley.Lost.$Properties|null);

            /** TaskOutcome kind */
            kind?: ("succeeded"|"failed"|"throttled"|"timedOut"|"lost");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a TaskOutcome. */
        type $Shape = {
          header?: volley.Header.$Shape|null;
          succeeded?: volley.Succeeded.$Shape|null;
          failed?: volley.Failed.$Shape|null;
          throttled?: volley.Throttled.$Shape|null;
          timedOut?: volley.TimedOut.$Shape|null;
          lost?: volley.Lost.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; succeeded?: null; failed?: null; throttled?: null; timedOut?: null; lost?: null }|{ kind?: "succeeded"; succeeded: volley.Succeeded.$Shape; failed?: null; throttled?: null; timedOut?: null; lost?: null }|{ kind?: "failed"; succeeded?: null; failed: volley.Failed.$Shape; throttled?: null; timedOut?: null; lost?: null }|{ kind?: "throttled"; succeeded?: null; failed?: null; throttled: volley.Throttled.$Shape; timedOut?: null; lost?: null }|{ kind?: "timedOut"; succeeded?: null; failed?: null; throttled?: null; timedOut: volley.TimedOut.$Shape; lost?: null }|{ kind?: "lost"; succeeded?: null; failed?: null; throttled?: null; timedOut?: null; lost: volley.Lost.$Shape })
        );
    }

    /**
     * Properties of a Succeeded.
     * @deprecated Use volley.Succeeded.$Properties instead.
     */
    interface ISucceeded extends volley.Succeeded.$Properties {
    }

    /** Represents a Succeeded. */
    class Succeeded {

        /**
         * Constructs a new Succeeded.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Succeeded.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Succeeded output. */
        output?: (volley.TaskOutput.$Properties|null);

        /** Succeeded statistics. */
        statistics?: (volley.TaskStatistics.$Properties|null);

        /**
         * Encodes the specified Succeeded message. Does not implicitly {@link volley.Succeeded.verify|verify} messages.
         * @param message Succeeded message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Succeeded.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Succeeded message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Succeeded & volley.Succeeded.$Shape} Succeeded
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Succeeded & volley.Succeeded.$Shape;
    }

    namespace Succeeded {

        /** Properties of a Succeeded. */
        interface $Properties {

            /** Succeeded output */
            output?: (volley.TaskOutput.$Properties|null);

            /** Succeeded statistics */
            statistics?: (volley.TaskStatistics.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Succeeded. */
        type $Shape = {
          output?: volley.TaskOutput.$Shape|null;
          statistics?: volley.TaskStatistics.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a TaskOutput.
     * @deprecated Use volley.TaskOutput.$Properties instead.
     */
    interface ITaskOutput extends volley.TaskOutput.$Properties {
    }

    /** Represents a TaskOutput. */
    class TaskOutput {

        /**
         * Constructs a new TaskOutput.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.TaskOutput.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** TaskOutput object. */
        object?: (volley.ObjectOutput.$Properties|null);

        /** TaskOutput inline. */
        inline?: (volley.InlineOutput.$Properties|null);

        /** TaskOutput kind. */
        kind?: ("object"|"inline");

        /**
         * Encodes the specified TaskOutput message. Does not implicitly {@link volley.TaskOutput.verify|verify} messages.
         * @param message TaskOutput message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.TaskOutput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a TaskOutput message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.TaskOutput & volley.TaskOutput.$Shape} TaskOutput
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.TaskOutput & volley.TaskOutput.$Shape;
    }

    namespace TaskOutput {

        /** Properties of a TaskOutput. */
        interface $Properties {

            /** TaskOutput object */
            object?: (volley.ObjectOutput.$Properties|null);

            /** TaskOutput inline */
            inline?: (volley.InlineOutput.$Properties|null);

            /** TaskOutput kind */
            kind?: ("object"|"inline");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a TaskOutput. */
        type $Shape = {
          object?: volley.ObjectOutput.$Shape|null;
          inline?: volley.InlineOutput.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; object?: null; inline?: null }|{ kind?: "object"; object: volley.ObjectOutput.$Shape; inline?: null }|{ kind?: "inline"; object?: null; inline: volley.InlineOutput.$Shape })
        );
    }

    /**
     * Properties of an ObjectOutput.
     * @deprecated Use volley.ObjectOutput.$Properties instead.
     */
    interface IObjectOutput extends volley.ObjectOutput.$Properties {
    }

    /** Represents an ObjectOutput. */
    class ObjectOutput {

        /**
         * Constructs a new ObjectOutput.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.ObjectOutput.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ObjectOutput key. */
        key: string;

        /** ObjectOutput identity. */
        identity?: (volley.ObjectIdentity.$Properties|null);

        /** ObjectOutput rows. */
        rows: Long;

        /** ObjectOutput footer. */
        footer?: (Uint8Array|null);

        /**
         * Encodes the specified ObjectOutput message. Does not implicitly {@link volley.ObjectOutput.verify|verify} messages.
         * @param message ObjectOutput message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.ObjectOutput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an ObjectOutput message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.ObjectOutput & volley.ObjectOutput.$Shape} ObjectOutput
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.ObjectOutput & volley.ObjectOutput.$Shape;
    }

    namespace ObjectOutput {

        /** Properties of an ObjectOutput. */
        interface $Properties {

            /** ObjectOutput key */
            key?: (string|null);

            /** ObjectOutput identity */
            identity?: (volley.ObjectIdentity.$Properties|null);

            /** ObjectOutput rows */
            rows?: (Long|null);

            /** ObjectOutput footer */
            footer?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an ObjectOutput. */
        type $Shape = volley.ObjectOutput.$Properties;
    }

    /**
     * Properties of an InlineOutput.
     * @deprecated Use volley.InlineOutput.$Properties instead.
     */
    interface IInlineOutput extends volley.InlineOutput.$Properties {
    }

    /** Represents an InlineOutput. */
    class InlineOutput {

        /**
         * Constructs a new InlineOutput.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.InlineOutput.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** InlineOutput bytes. */
        bytes: Uint8Array;

        /** InlineOutput rows. */
        rows: Long;

        /**
         * Encodes the specified InlineOutput message. Does not implicitly {@link volley.InlineOutput.verify|verify} messages.
         * @param message InlineOutput message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.InlineOutput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an InlineOutput message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.InlineOutput & volley.InlineOutput.$Shape} InlineOutput
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.InlineOutput & volley.InlineOutput.$Shape;
    }

    namespace InlineOutput {

        /** Properties of an InlineOutput. */
        interface $Properties {

            /** InlineOutput bytes */
            bytes?: (Uint8Array|null);

            /** InlineOutput rows */
            rows?: (Long|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an InlineOutput. */
        type $Shape = volley.InlineOutput.$Properties;
    }

    /**
     * Properties of a TaskStatistics.
     * @deprecated Use volley.TaskStatistics.$Properties instead.
     */
    interface ITaskStatistics extends volley.TaskStatistics.$Properties {
    }

    /** Represents a TaskStatistics. */
    class TaskStatistics {

        /**
         * Constructs a new TaskStatistics.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.TaskStatistics.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** TaskStatistics rowsRead. */
        rowsRead: Long;

        /** TaskStatistics rowsWritten. */
        rowsWritten: Long;

        /** TaskStatistics inputBytes. */
        inputBytes: Long;

        /** TaskStatistics shuffleBytesRead. */
        shuffleBytesRead: Long;

        /** TaskStatistics shuffleRowsRead. */
        shuffleRowsRead: Long;

        /** TaskStatistics bytesWritten. */
        bytesWritten: Long;

        /** TaskStatistics cpuMs. */
        cpuMs: number;

        /** TaskStatistics wallMs. */
        wallMs: number;

        /** TaskStatistics requests. */
        requests?: (volley.StoreRequests.$Properties|null);

        /**
         * Encodes the specified TaskStatistics message. Does not implicitly {@link volley.TaskStatistics.verify|verify} messages.
         * @param message TaskStatistics message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.TaskStatistics.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a TaskStatistics message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.TaskStatistics & volley.TaskStatistics.$Shape} TaskStatistics
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.TaskStatistics & volley.TaskStatistics.$Shape;
    }

    namespace TaskStatistics {

        /** Properties of a TaskStatistics. */
        interface $Properties {

            /** TaskStatistics rowsRead */
            rowsRead?: (Long|null);

            /** TaskStatistics rowsWritten */
            rowsWritten?: (Long|null);

            /** TaskStatistics inputBytes */
            inputBytes?: (Long|null);

            /** TaskStatistics shuffleBytesRead */
            shuffleBytesRead?: (Long|null);

            /** TaskStatistics shuffleRowsRead */
            shuffleRowsRead?: (Long|null);

            /** TaskStatistics bytesWritten */
            bytesWritten?: (Long|null);

            /** TaskStatistics cpuMs */
            cpuMs?: (number|null);

            /** TaskStatistics wallMs */
            wallMs?: (number|null);

            /** TaskStatistics requests */
            requests?: (volley.StoreRequests.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a TaskStatistics. */
        type $Shape = volley.TaskStatistics.$Properties;
    }

    /**
     * Properties of a StoreRequests.
     * @deprecated Use volley.StoreRequests.$Properties instead.
     */
    interface IStoreRequests extends volley.StoreRequests.$Properties {
    }

    /** Represents a StoreRequests. */
    class StoreRequests {

        /**
         * Constructs a new StoreRequests.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.StoreRequests.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StoreRequests inputs. */
        inputs?: (volley.RequestCounts.$Properties|null);

        /** StoreRequests job. */
        job?: (volley.RequestCounts.$Properties|null);

        /**
         * Encodes the specified StoreRequests message. Does not implicitly {@link volley.StoreRequests.verify|verify} messages.
         * @param message StoreRequests message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.StoreRequests.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StoreRequests message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.StoreRequests & volley.StoreRequests.$Shape} StoreRequests
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.StoreRequests & volley.StoreRequests.$Shape;
    }

    namespace StoreRequests {

        /** Properties of a StoreRequests. */
        interface $Properties {

            /** StoreRequests inputs */
            inputs?: (volley.RequestCounts.$Properties|null);

            /** StoreRequests job */
            job?: (volley.RequestCounts.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StoreRequests. */
        type $Shape = volley.StoreRequests.$Properties;
    }

    /**
     * Properties of a RequestCounts.
     * @deprecated Use volley.RequestCounts.$Properties instead.
     */
    interface IRequestCounts extends volley.RequestCounts.$Properties {
    }

    /** Represents a RequestCounts. */
    class RequestCounts {

        /**
         * Constructs a new RequestCounts.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.RequestCounts.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RequestCounts get. */
        get: Long;

        /** RequestCounts head. */
        head: Long;

        /** RequestCounts put. */
        put: Long;

        /** RequestCounts list. */
        list: Long;

        /** RequestCounts delete. */
        delete: Long;

        /** RequestCounts createMultipart. */
        createMultipart: Long;

        /** RequestCounts uploadPart. */
        uploadPart: Long;

        /** RequestCounts completeMultipart. */
        completeMultipart: Long;

        /** RequestCounts abortMultipart. */
        abortMultipart: Long;

        /** RequestCounts listMultipart. */
        listMultipart: Long;

        /** RequestCounts readBytes. */
        readBytes: Long;

        /** RequestCounts writtenBytes. */
        writtenBytes: Long;

        /** RequestCounts retries. */
        retries: Long;

        /** RequestCounts hedges. */
        hedges: Long;

        /** RequestCounts hedgesWon. */
        hedgesWon: Long;

        /**
         * Encodes the specified RequestCounts message. Does not implicitly {@link volley.RequestCounts.verify|verify} messages.
         * @param message RequestCounts message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.RequestCounts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RequestCounts message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.RequestCounts & volley.RequestCounts.$Shape} RequestCounts
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.RequestCounts & volley.RequestCounts.$Shape;
    }

    namespace RequestCounts {

        /** Properties of a RequestCounts. */
        interface $Properties {

            /** RequestCounts get */
            get?: (Long|null);

            /** RequestCounts head */
            head?: (Long|null);

            /** RequestCounts put */
            put?: (Long|null);

            /** RequestCounts list */
            list?: (Long|null);

            /** RequestCounts delete */
            "delete"?: (Long|null);

            /** RequestCounts createMultipart */
            createMultipart?: (Long|null);

            /** RequestCounts uploadPart */
            uploadPart?: (Long|null);

            /** RequestCounts completeMultipart */
            completeMultipart?: (Long|null);

            /** RequestCounts abortMultipart */
            abortMultipart?: (Long|null);

            /** RequestCounts listMultipart */
            listMultipart?: (Long|null);

            /** RequestCounts readBytes */
            readBytes?: (Long|null);

            /** RequestCounts writtenBytes */
            writtenBytes?: (Long|null);

            /** RequestCounts retries */
            retries?: (Long|null);

            /** RequestCounts hedges */
            hedges?: (Long|null);

            /** RequestCounts hedgesWon */
            hedgesWon?: (Long|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RequestCounts. */
        type $Shape = volley.RequestCounts.$Properties;
    }

    /**
     * Properties of a Failed.
     * @deprecated Use volley.Failed.$Properties instead.
     */
    interface IFailed extends volley.Failed.$Properties {
    }

    /** Represents a Failed. */
    class Failed {

        /**
         * Constructs a new Failed.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Failed.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Failed code. */
        code: string;

        /** Failed message. */
        message: string;

        /** Failed retryable. */
        retryable: boolean;

        /** Failed details. */
        details: volley.Detail.$Properties[];

        /** Failed requests. */
        requests?: (volley.StoreRequests.$Properties|null);

        /**
         * Encodes the specified Failed message. Does not implicitly {@link volley.Failed.verify|verify} messages.
         * @param message Failed message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Failed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Failed message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Failed & volley.Failed.$Shape} Failed
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Failed & volley.Failed.$Shape;
    }

    namespace Failed {

        /** Properties of a Failed. */
        interface $Properties {

            /** Failed code */
            code?: (string|null);

            /** Failed message */
            message?: (string|null);

            /** Failed retryable */
            retryable?: (boolean|null);

            /** Failed details */
            details?: (volley.Detail.$Properties[]|null);

            /** Failed requests */
            requests?: (volley.StoreRequests.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Failed. */
        type $Shape = {
          code?: string|null;
          message?: string|null;
          retryable?: boolean|null;
          details?: volley.Detail.$Shape[]|null;
          requests?: volley.StoreRequests.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a Throttled.
     * @deprecated Use volley.Throttled.$Properties instead.
     */
    interface IThrottled extends volley.Throttled.$Properties {
    }

    /** Represents a Throttled. */
    class Throttled {

        /**
         * Constructs a new Throttled.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Throttled.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Throttled unavailableReason. */
        unavailableReason?: (string|null);

        /**
         * Encodes the specified Throttled message. Does not implicitly {@link volley.Throttled.verify|verify} messages.
         * @param message Throttled message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Throttled.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Throttled message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Throttled & volley.Throttled.$Shape} Throttled
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Throttled & volley.Throttled.$Shape;
    }

    namespace Throttled {

        /** Properties of a Throttled. */
        interface $Properties {

            /** Throttled unavailableReason */
            unavailableReason?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Throttled. */
        type $Shape = volley.Throttled.$Properties;
    }

    /**
     * Properties of a TimedOut.
     * @deprecated Use volley.TimedOut.$Properties instead.
     */
    interface ITimedOut extends volley.TimedOut.$Properties {
    }

    /** Represents a TimedOut. */
    class TimedOut {

        /**
         * Constructs a new TimedOut.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.TimedOut.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** TimedOut limit. */
        limit?: (string|null);

        /** TimedOut requests. */
        requests?: (volley.StoreRequests.$Properties|null);

        /**
         * Encodes the specified TimedOut message. Does not implicitly {@link volley.TimedOut.verify|verify} messages.
         * @param message TimedOut message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.TimedOut.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a TimedOut message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.TimedOut & volley.TimedOut.$Shape} TimedOut
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.TimedOut & volley.TimedOut.$Shape;
    }

    namespace TimedOut {

        /** Properties of a TimedOut. */
        interface $Properties {

            /** TimedOut limit */
            limit?: (string|null);

            /** TimedOut requests */
            requests?: (volley.StoreRequests.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a TimedOut. */
        type $Shape = volley.TimedOut.$Properties;
    }

    /**
     * Properties of a Detail.
     * @deprecated Use volley.Detail.$Properties instead.
     */
    interface IDetail extends volley.Detail.$Properties {
    }

    /** Represents a Detail. */
    class Detail {

        /**
         * Constructs a new Detail.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Detail.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Detail name. */
        name: string;

        /** Detail text. */
        text?: (string|null);

        /** Detail number. */
        number?: (number|null);

        /** Detail boolean. */
        boolean?: (boolean|null);

        /** Detail texts. */
        texts?: (volley.Names.$Properties|null);

        /** Detail value. */
        value?: ("text"|"number"|"boolean"|"texts");

        /**
         * Encodes the specified Detail message. Does not implicitly {@link volley.Detail.verify|verify} messages.
         * @param message Detail message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Detail.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Detail message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Detail & volley.Detail.$Shape} Detail
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Detail & volley.Detail.$Shape;
    }

    namespace Detail {

        /** Properties of a Detail. */
        interface $Properties {

            /** Detail name */
            name?: (string|null);

            /** Detail text */
            text?: (string|null);

            /** Detail number */
            number?: (number|null);

            /** Detail boolean */
            boolean?: (boolean|null);

            /** Detail texts */
            texts?: (volley.Names.$Properties|null);

            /** Detail value */
            value?: ("text"|"number"|"boolean"|"texts");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Detail. */
        type $Shape = {
          name?: string|null;
          text?: string|null;
          number?: number|null;
          boolean?: boolean|null;
          texts?: volley.Names.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ value?: undefined; text?: null; number?: null; boolean?: null; texts?: null }|{ value?: "text"; text: string; number?: null; boolean?: null; texts?: null }|{ value?: "number"; text?: null; number: number; boolean?: null; texts?: null }|{ value?: "boolean"; text?: null; number?: null; boolean: boolean; texts?: null }|{ value?: "texts"; text?: null; number?: null; boolean?: null; texts: volley.Names.$Shape })
        );
    }

    /**
     * Properties of a Lost.
     * @deprecated Use volley.Lost.$Properties instead.
     */
    interface ILost extends volley.Lost.$Properties {
    }

    /** Represents a Lost. */
    class Lost {

        /**
         * Constructs a new Lost.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.Lost.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Lost message. */
        message: string;

        /**
         * Encodes the specified Lost message. Does not implicitly {@link volley.Lost.verify|verify} messages.
         * @param message Lost message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.Lost.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Lost message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.Lost & volley.Lost.$Shape} Lost
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.Lost & volley.Lost.$Shape;
    }

    namespace Lost {

        /** Properties of a Lost. */
        interface $Properties {

            /** Lost message */
            message?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Lost. */
        type $Shape = volley.Lost.$Properties;
    }

    /**
     * Properties of a JobRecord.
     * @deprecated Use volley.JobRecord.$Properties instead.
     */
    interface IJobRecord extends volley.JobRecord.$Properties {
    }

    /** Represents a JobRecord. */
    class JobRecord {

        /**
         * Constructs a new JobRecord.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.JobRecord.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** JobRecord header. */
        header?: (volley.Header.$Properties|null);

        /** JobRecord atMs. */
        atMs: Long;

        /** JobRecord jobSubmitted. */
        jobSubmitted?: (volley.JobSubmitted.$Properties|null);

        /** JobRecord jobResumed. */
        jobResumed?: (volley.JobResumed.$Properties|null);

        /** JobRecord attemptStarted. */
        attemptStarted?: (volley.AttemptStarted.$Properties|null);

        /** JobRecord taskEnded. */
        taskEnded?: (volley.TaskEnded.$Properties|null);

        /** JobRecord attemptAbandoned. */
        attemptAbandoned?: (volley.AttemptAbandoned.$Properties|null);

        /** JobRecord retryScheduled. */
        retryScheduled?: (volley.RetryScheduled.$Properties|null);

        /** JobRecord stageIndexed. */
        stageIndexed?: (volley.StageIndexed.$Properties|null);

        /** JobRecord jobRestarted. */
        jobRestarted?: (volley.JobRestarted.$Properties|null);

        /** JobRecord cancelRequested. */
        cancelRequested?: (volley.CancelRequested.$Properties|null);

        /** JobRecord jobEnded. */
        jobEnded?: (volley.JobEnded.$Properties|null);

        /** JobRecord jobSnapshot. */
        jobSnapshot?: (volley.JobSnapshot.$Properties|null);

        /** JobRecord jobRequested. */
        jobRequested?: (volley.JobRequested.$Properties|null);

        /** JobRecord jobChanges. */
        jobChanges?: (volley.JobChanges.$Properties|null);

        /** JobRecord kind. */
        kind?: ("jobSubmitted"|"jobResumed"|"attemptStarted"|"taskEnded"|"attemptAbandoned"|"retryScheduled"|"stageIndexed"|"jobRestarted"|"cancelRequested"|"jobEnded"|"jobSnapshot"|"jobRequested"|"jobChanges");

        /**
         * Encodes the specified JobRecord message. Does not implicitly {@link volley.JobRecord.verify|verify} messages.
         * @param message JobRecord message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.JobRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JobRecord message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.JobRecord & volley.JobRecord.$Shape} JobRecord
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.JobRecord & volley.JobRecord.$Shape;
    }

    namespace JobRecord {

        /** Properties of a JobRecord. */
        interface $Properties {

            /** JobRecord header */
            header?: (volley.Header.$Properties|null);

            /** JobRecord atMs */
            atMs?: (Long|null);

            /** JobRecord jobSubmitted */
            jobSubmitted?: (volley.JobSubmitted.$Properties|null);

            /** JobRecord jobResumed */
            jobResumed?: (volley.JobResumed.$Properties|null);

            /** JobRecord attemptStarted */
            attemptStarted?: (volley.AttemptStarted.$Properties|null);

            /** JobRecord taskEnded */
            taskEnded?: (volley.TaskEnded.$Properties|null);

            /** JobRecord attemptAbandoned */
            attemptAbandoned?: (volley.AttemptAbandoned.$Properties|null);

            /** JobRecord retryScheduled */
            retryScheduled?: (volley.RetryScheduled.$Properties|null);

            /** JobRecord stageIndexed */
            stageIndexed?: (volley.StageIndexed.$Properties|null);

            /** JobRecord jobRestarted */
            jobRestarted?: (volley.JobRestarted.$Properties|null);

            /** JobRecord cancelRequested */
            cancelRequested?: (volley.CancelRequested.$Properties|null);

            /** JobRecord jobEnded */
            jobEnded?: (volley.JobEnded.$Properties|null);

            /** JobRecord jobSnapshot */
            jobSnapshot?: (volley.JobSnapshot.$Properties|null);

            /** JobRecord jobRequested */
            jobRequested?: (volley.JobRequested.$Properties|null);

            /** JobRecord jobChanges */
            jobChanges?: (volley.JobChanges.$Properties|null);

            /** JobRecord kind */
            kind?: ("jobSubmitted"|"jobResumed"|"attemptStarted"|"taskEnded"|"attemptAbandoned"|"retryScheduled"|"stageIndexed"|"jobRestarted"|"cancelRequested"|"jobEnded"|"jobSnapshot"|"jobRequested"|"jobChanges");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a JobRecord. */
        type $Shape = {
          header?: volley.Header.$Shape|null;
          atMs?: Long|null;
          jobSubmitted?: volley.JobSubmitted.$Shape|null;
          jobResumed?: volley.JobResumed.$Shape|null;
          attemptStarted?: volley.AttemptStarted.$Shape|null;
          taskEnded?: volley.TaskEnded.$Shape|null;
          attemptAbandoned?: volley.AttemptAbandoned.$Shape|null;
          retryScheduled?: volley.RetryScheduled.$Shape|null;
          stageIndexed?: volley.StageIndexed.$Shape|null;
          jobRestarted?: volley.JobRestarted.$Shape|null;
          cancelRequested?: volley.CancelRequested.$Shape|null;
          jobEnded?: volley.JobEnded.$Shape|null;
          jobSnapshot?: volley.JobSnapshot.$Shape|null;
          jobRequested?: volley.JobRequested.$Shape|null;
          jobChanges?: volley.JobChanges.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; jobSubmitted?: null; jobResumed?: null; attemptStarted?: null; taskEnded?: null; attemptAbandoned?: null; retryScheduled?: null; stageIndexed?: null; jobRestarted?: null; cancelRequested?: null; jobEnded?: null; jobSnapshot?: null; jobRequested?: null; jobChanges?: null }|{ kind?: "jobSubmitted"; jobSubmitted: volley.JobSubmitted.$Shape; jobResumed?: null; attemptStarted?: null; taskEnded?: null; attemptAbandoned?: null; retryScheduled?: null; stageIndexed?: null; jobRestarted?: null; cancelRequested?: null; jobEnded?: null; jobSnapshot?: null; jobRequested?: null; jobChanges?: null }|{ kind?: "jobResumed"; jobSubmitted?: null; jobResumed: volley.JobResumed.$Shape; attemptStarted?: null; taskEnded?: null; attemptAbandoned?: null; retryScheduled?: null; stageIndexed?: null; jobRestarted?: null; cancelRequested?: null; jobEnded?: null; jobSnapshot?: null; jobRequested?: null; jobChanges?: null }|{ kind?: "attemptStarted"; jobSubmitted?: null; jobResumed?: null; attemptStarted: volley.AttemptStarted.$Shape; taskEnded?: null; attemptAbandoned?: null; retryScheduled?: null; stageIndexed?: null; jobRestarted?: null; cancelRequested?: null; jobEnded?: null; jobSnapshot?: null; jobRequested?: null; jobChanges?: null }|{ kind?: "taskEnded"; jobSubmitted?: null; jobResumed?: null; attemptStarted?: null; taskEnded: volley.TaskEnded.$Shape; attemptAbandoned?: null; retryScheduled?: null; stageIndexed?: null; jobRestarted?: null; cancelRequested?: null; jobEnded?: null; jobSnapshot?: null; jobRequested?: null; jobChanges?: null }|{ kind?: "attemptAbandoned"; jobSubmitted?: null; jobResumed?: null; attemptStarted?: null; taskEnded?: null; attemptAbandoned: volley.AttemptAbandoned.$Shape; retryScheduled?: null; stageIndexed?: null; jobRestarted?: null; cancelRequested?: null; jobEnded?: null; jobSnapshot?: null; jobRequested?: null; jobChanges?: null }|{ kind?: "retryScheduled"; jobSubmitted?: null; jobResumed?: null; attemptStarted?: null; taskEnded?: null; attemptAbandoned?: null; retryScheduled: volley.RetryScheduled.$Shape; stageIndexed?: null; jobRestarted?: null; cancelRequested?: null; jobEnded?: null; jobSnapshot?: null; jobRequested?: null; jobChanges?: null }|{ kind?: "stageIndexed"; jobSubmitted?: null; jobResumed?: null; attemptStarted?: null; taskEnded?: null; attemptAbandoned?: null; retryScheduled?: null; stageIndexed: volley.StageIndexed.$Shape; jobRestarted?: null; cancelRequested?: null; jobEnded?: null; jobSnapshot?: null; jobRequested?: null; jobChanges?: null }|{ kind?: "jobRestarted"; jobSubmitted?: null; jobResumed?: null; attemptStarted?: null; taskEnded?: null; attemptAbandoned?: null; retryScheduled?: null; stageIndexed?: null; jobRestarted: volley.JobRestarted.$Shape; cancelRequested?: null; jobEnded?: null; jobSnapshot?: null; jobRequested?: null; jobChanges?: null }|{ kind?: "cancelRequested"; jobSubmitted?: null; jobResumed?: null; attemptStarted?: null; taskEnded?: null; attemptAbandoned?: null; retryScheduled?: null; stageIndexed?: null; jobRestarted?: null; cancelRequested: volley.CancelRequested.$Shape; jobEnded?: null; jobSnapshot?: null; jobRequested?: null; jobChanges?: null }|{ kind?: "jobEnded"; jobSubmitted?: null; jobResumed?: null; attemptStarted?: null; taskEnded?: null; attemptAbandoned?: null; retryScheduled?: null; stageIndexed?: null; jobRestarted?: null; cancelRequested?: null; jobEnded: volley.JobEnded.$Shape; jobSnapshot?: null; jobRequested?: null; jobChanges?: null }|{ kind?: "jobSnapshot"; jobSubmitted?: null; jobResumed?: null; attemptStarted?: null; taskEnded?: null; attemptAbandoned?: null; retryScheduled?: null; stageIndexed?: null; jobRestarted?: null; cancelRequested?: null; jobEnded?: null; jobSnapshot: volley.JobSnapshot.$Shape; jobRequested?: null; jobChanges?: null }|{ kind?: "jobRequested"; jobSubmitted?: null; jobResumed?: null; attemptStarted?: null; taskEnded?: null; attemptAbandoned?: null; retryScheduled?: null; stageIndexed?: null; jobRestarted?: null; cancelRequested?: null; jobEnded?: null; jobSnapshot?: null; jobRequested: volley.JobRequested.$Shape; jobChanges?: null }|{ kind?: "jobChanges"; jobSubmitted?: null; jobResumed?: null; attemptStarted?: null; taskEnded?: null; attemptAbandoned?: null; retryScheduled?: null; stageIndexed?: null; jobRestarted?: null; cancelRequested?: null; jobEnded?: null; jobSnapshot?: null; jobRequested?: null; jobChanges: volley.JobChanges.$Shape })
        );
    }

    /**
     * Properties of a JobRequested.
     * @deprecated Use volley.JobRequested.$Properties instead.
     */
    interface IJobRequested extends volley.JobRequested.$Properties {
    }

    /** Represents a JobRequested. */
    class JobRequested {

        /**
         * Constructs a new JobRequested.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.JobRequested.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** JobRequested job. */
        job: string;

        /** JobRequested sql. */
        sql: string;

        /** JobRequested settings. */
        settings: volley.NamedText.$Properties[];

        /** JobRequested labels. */
        labels: volley.NamedText.$Properties[];

        /** JobRequested tables. */
        tables: volley.RequestedTable.$Properties[];

        /** JobRequested subject. */
        subject: string;

        /**
         * Encodes the specified JobRequested message. Does not implicitly {@link volley.JobRequested.verify|verify} messages.
         * @param message JobRequested message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.JobRequested.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JobRequested message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.JobRequested & volley.JobRequested.$Shape} JobRequested
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.JobRequested & volley.JobRequested.$Shape;
    }

    namespace JobRequested {

        /** Properties of a JobRequested. */
        interface $Properties {

            /** JobRequested job */
            job?: (string|null);

            /** JobRequested sql */
            sql?: (string|null);

            /** JobRequested settings */
            settings?: (volley.NamedText.$Properties[]|null);

            /** JobRequested labels */
            labels?: (volley.NamedText.$Properties[]|null);

            /** JobRequested tables */
            tables?: (volley.RequestedTable.$Properties[]|null);

            /** JobRequested subject */
            subject?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a JobRequested. */
        type $Shape = volley.JobRequested.$Properties;
    }

    /**
     * Properties of a NamedText.
     * @deprecated Use volley.NamedText.$Properties instead.
     */
    interface INamedText extends volley.NamedText.$Properties {
    }

    /** Represents a NamedText. */
    class NamedText {

        /**
         * Constructs a new NamedText.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.NamedText.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** NamedText name. */
        name: string;

        /** NamedText text. */
        text: string;

        /**
         * Encodes the specified NamedText message. Does not implicitly {@link volley.NamedText.verify|verify} messages.
         * @param message NamedText message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.NamedText.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a NamedText message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.NamedText & volley.NamedText.$Shape} NamedText
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.NamedText & volley.NamedText.$Shape;
    }

    namespace NamedText {

        /** Properties of a NamedText. */
        interface $Properties {

            /** NamedText name */
            name?: (string|null);

            /** NamedText text */
            text?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a NamedText. */
        type $Shape = volley.NamedText.$Properties;
    }

    /**
     * Properties of a RequestedTable.
     * @deprecated Use volley.RequestedTable.$Properties instead.
     */
    interface IRequestedTable extends volley.RequestedTable.$Properties {
    }

    /** Represents a RequestedTable. */
    class RequestedTable {

        /**
         * Constructs a new RequestedTable.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.RequestedTable.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RequestedTable name. */
        name: string;

        /** RequestedTable locations. */
        locations: string[];

        /** RequestedTable format. */
        format?: (string|null);

        /**
         * Encodes the specified RequestedTable message. Does not implicitly {@link volley.RequestedTable.verify|verify} messages.
         * @param message RequestedTable message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.RequestedTable.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RequestedTable message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.RequestedTable & volley.RequestedTable.$Shape} RequestedTable
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.RequestedTable & volley.RequestedTable.$Shape;
    }

    namespace RequestedTable {

        /** Properties of a RequestedTable. */
        interface $Properties {

            /** RequestedTable name */
            name?: (string|null);

            /** RequestedTable locations */
            locations?: (string[]|null);

            /** RequestedTable format */
            format?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RequestedTable. */
        type $Shape = volley.RequestedTable.$Properties;
    }

    /**
     * Properties of a JobSubmitted.
     * @deprecated Use volley.JobSubmitted.$Properties instead.
     */
    interface IJobSubmitted extends volley.JobSubmitted.$Properties {
    }

    /** Represents a JobSubmitted. */
    class JobSubmitted {

        /**
         * Constructs a new JobSubmitted.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.JobSubmitted.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** JobSubmitted job. */
        job: string;

        /** JobSubmitted graph. */
        graph?: (volley.StageGraphOutline.$Properties|null);

        /** JobSubmitted settings. */
        settings?: (volley.JobSettings.$Properties|null);

        /** JobSubmitted statement. */
        statement?: (string|null);

        /**
         * Encodes the specified JobSubmitted message. Does not implicitly {@link volley.JobSubmitted.verify|verify} messages.
         * @param message JobSubmitted message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.JobSubmitted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JobSubmitted message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.JobSubmitted & volley.JobSubmitted.$Shape} JobSubmitted
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.JobSubmitted & volley.JobSubmitted.$Shape;
    }

    namespace JobSubmitted {

        /** Properties of a JobSubmitted. */
        interface $Properties {

            /** JobSubmitted job */
            job?: (string|null);

            /** JobSubmitted graph */
            graph?: (volley.StageGraphOutline.$Properties|null);

            /** JobSubmitted settings */
            settings?: (volley.JobSettings.$Properties|null);

            /** JobSubmitted statement */
            statement?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a JobSubmitted. */
        type $Shape = {
          job?: string|null;
          graph?: volley.StageGraphOutline.$Shape|null;
          settings?: volley.JobSettings.$Shape|null;
          statement?: string|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a StageGraphOutline.
     * @deprecated Use volley.StageGraphOutline.$Properties instead.
     */
    interface IStageGraphOutline extends volley.StageGraphOutline.$Properties {
    }

    /** Represents a StageGraphOutline. */
    class StageGraphOutline {

        /**
         * Constructs a new StageGraphOutline.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.StageGraphOutline.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StageGraphOutline header. */
        header?: (volley.Header.$Properties|null);

        /** StageGraphOutline types. */
        types: volley.DataType.$Properties[];

        /** StageGraphOutline tables. */
        tables: volley.PlanTable.$Properties[];

        /** StageGraphOutline stages. */
        stages: volley.StageOutline.$Properties[];

        /** StageGraphOutline columns. */
        columns: volley.NamedColumn.$Properties[];

        /** StageGraphOutline timeZone. */
        timeZone: string;

        /** StageGraphOutline singleTaskReason. */
        singleTaskReason?: (string|null);

        /** StageGraphOutline keyPrefixes. */
        keyPrefixes?: (number|null);

        /**
         * Encodes the specified StageGraphOutline message. Does not implicitly {@link volley.StageGraphOutline.verify|verify} messages.
         * @param message StageGraphOutline message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.StageGraphOutline.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StageGraphOutline message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.StageGraphOutline & volley.StageGraphOutline.$Shape} StageGraphOutline
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.StageGraphOutline & volley.StageGraphOutline.$Shape;
    }

    namespace StageGraphOutline {

        /** Properties of a StageGraphOutline. */
        interface $Properties {

            /** StageGraphOutline header */
            header?: (volley.Header.$Properties|null);

            /** StageGraphOutline types */
            types?: (volley.DataType.$Properties[]|null);

            /** StageGraphOutline tables */
            tables?: (volley.PlanTable.$Properties[]|null);

            /** StageGraphOutline stages */
            stages?: (volley.StageOutline.$Properties[]|null);

            /** StageGraphOutline columns */
            columns?: (volley.NamedColumn.$Properties[]|null);

            /** StageGraphOutline timeZone */
            timeZone?: (string|null);

            /** StageGraphOutline singleTaskReason */
            singleTaskReason?: (string|null);

            /** StageGraphOutline keyPrefixes */
            keyPrefixes?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StageGraphOutline. */
        type $Shape = {
          header?: volley.Header.$Shape|null;
          types?: volley.DataType.$Shape[]|null;
          tables?: volley.PlanTable.$Shape[]|null;
          stages?: volley.StageOutline.$Shape[]|null;
          columns?: volley.NamedColumn.$Shape[]|null;
          timeZone?: string|null;
          singleTaskReason?: string|null;
          keyPrefixes?: number|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a StageOutline.
     * @deprecated Use volley.StageOutline.$Properties instead.
     */
    interface IStageOutline extends volley.StageOutline.$Properties {
    }

    /** Represents a StageOutline. */
    class StageOutline {

        /**
         * Constructs a new StageOutline.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.StageOutline.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StageOutline id. */
        id: number;

        /** StageOutline root. */
        root: Uint8Array;

        /** StageOutline taskCount. */
        taskCount: number;

        /** StageOutline scans. */
        scans: volley.StageScan.$Properties[];

        /** StageOutline output. */
        output?: (volley.StageOutput.$Properties|null);

        /** StageOutline dependsOn. */
        dependsOn: number[];

        /** StageOutline threads. */
        threads: number;

        /** StageOutline shuffleCompression. */
        shuffleCompression?: (volley.Stage.ShuffleCompression|null);

        /**
         * Encodes the specified StageOutline message. Does not implicitly {@link volley.StageOutline.verify|verify} messages.
         * @param message StageOutline message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.StageOutline.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StageOutline message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.StageOutline & volley.StageOutline.$Shape} StageOutline
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.StageOutline & volley.StageOutline.$Shape;
    }

    namespace StageOutline {

        /** Properties of a StageOutline. */
        interface $Properties {

            /** StageOutline id */
            id?: (number|null);

            /** StageOutline root */
            root?: (Uint8Array|null);

            /** StageOutline taskCount */
            taskCount?: (number|null);

            /** StageOutline scans */
            scans?: (volley.StageScan.$Properties[]|null);

            /** StageOutline output */
            output?: (volley.StageOutput.$Properties|null);

            /** StageOutline dependsOn */
            dependsOn?: (number[]|null);

            /** StageOutline threads */
            threads?: (number|null);

            /** StageOutline shuffleCompression */
            shuffleCompression?: (volley.Stage.ShuffleCompression|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StageOutline. */
        type $Shape = {
          id?: number|null;
          root?: Uint8Array|null;
          taskCount?: number|null;
          scans?: volley.StageScan.$Shape[]|null;
          output?: volley.StageOutput.$Shape|null;
          dependsOn?: number[]|null;
          threads?: number|null;
          shuffleCompression?: volley.Stage.ShuffleCompression|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a FragmentOutline.
     * @deprecated Use volley.FragmentOutline.$Properties instead.
     */
    interface IFragmentOutline extends volley.FragmentOutline.$Properties {
    }

    /** Represents a FragmentOutline. */
    class FragmentOutline {

        /**
         * Constructs a new FragmentOutline.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.FragmentOutline.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FragmentOutline header. */
        header?: (volley.Header.$Properties|null);

        /** FragmentOutline types. */
        types: volley.DataType.$Properties[];

        /** FragmentOutline stage. */
        stage?: (volley.StageOutline.$Properties|null);

        /**
         * Encodes the specified FragmentOutline message. Does not implicitly {@link volley.FragmentOutline.verify|verify} messages.
         * @param message FragmentOutline message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.FragmentOutline.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FragmentOutline message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.FragmentOutline & volley.FragmentOutline.$Shape} FragmentOutline
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.FragmentOutline & volley.FragmentOutline.$Shape;
    }

    namespace FragmentOutline {

        /** Properties of a FragmentOutline. */
        interface $Properties {

            /** FragmentOutline header */
            header?: (volley.Header.$Properties|null);

            /** FragmentOutline types */
            types?: (volley.DataType.$Properties[]|null);

            /** FragmentOutline stage */
            stage?: (volley.StageOutline.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a FragmentOutline. */
        type $Shape = {
          header?: volley.Header.$Shape|null;
          types?: volley.DataType.$Shape[]|null;
          stage?: volley.StageOutline.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a TaskFragment.
     * @deprecated Use volley.TaskFragment.$Properties instead.
     */
    interface ITaskFragment extends volley.TaskFragment.$Properties {
    }

    /** Represents a TaskFragment. */
    class TaskFragment {

        /**
         * Constructs a new TaskFragment.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.TaskFragment.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** TaskFragment stage. */
        stage?: (volley.StageOutline.$Properties|null);

        /**
         * Encodes the specified TaskFragment message. Does not implicitly {@link volley.TaskFragment.verify|verify} messages.
         * @param message TaskFragment message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.TaskFragment.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a TaskFragment message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.TaskFragment & volley.TaskFragment.$Shape} TaskFragment
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.TaskFragment & volley.TaskFragment.$Shape;
    }

    namespace TaskFragment {

        /** Properties of a TaskFragment. */
        interface $Properties {

            /** TaskFragment stage */
            stage?: (volley.StageOutline.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a TaskFragment. */
        type $Shape = {
          stage?: volley.StageOutline.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a JobSettings.
     * @deprecated Use volley.JobSettings.$Properties instead.
     */
    interface IJobSettings extends volley.JobSettings.$Properties {
    }

    /** Represents a JobSettings. */
    class JobSettings {

        /**
         * Constructs a new JobSettings.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.JobSettings.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** JobSettings retries. */
        retries: number;

        /** JobSettings retryBudget. */
        retryBudget: number;

        /** JobSettings timeoutMs. */
        timeoutMs?: (Long|null);

        /** JobSettings attemptTimeoutMs. */
        attemptTimeoutMs: Long;

        /** JobSettings memoryMib. */
        memoryMib: number;

        /** JobSettings inlineLimitBytes. */
        inlineLimitBytes: Long;

        /** JobSettings resultFormat. */
        resultFormat: volley.Task.ResultFormat;

        /** JobSettings resultTtlMs. */
        resultTtlMs?: (Long|null);

        /** JobSettings lateWriteMs. */
        lateWriteMs?: (Long|null);

        /** JobSettings functionVersion. */
        functionVersion?: (string|null);

        /**
         * Encodes the specified JobSettings message. Does not implicitly {@link volley.JobSettings.verify|verify} messages.
         * @param message JobSettings message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.JobSettings.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JobSettings message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.JobSettings & volley.JobSettings.$Shape} JobSettings
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.JobSettings & volley.JobSettings.$Shape;
    }

    namespace JobSettings {

        /** Properties of a JobSettings. */
        interface $Properties {

            /** JobSettings retries */
            retries?: (number|null);

            /** JobSettings retryBudget */
            retryBudget?: (number|null);

            /** JobSettings timeoutMs */
            timeoutMs?: (Long|null);

            /** JobSettings attemptTimeoutMs */
            attemptTimeoutMs?: (Long|null);

            /** JobSettings memoryMib */
            memoryMib?: (number|null);

            /** JobSettings inlineLimitBytes */
            inlineLimitBytes?: (Long|null);

            /** JobSettings resultFormat */
            resultFormat?: (volley.Task.ResultFormat|null);

            /** JobSettings resultTtlMs */
            resultTtlMs?: (Long|null);

            /** JobSettings lateWriteMs */
            lateWriteMs?: (Long|null);

            /** JobSettings functionVersion */
            functionVersion?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a JobSettings. */
        type $Shape = volley.JobSettings.$Properties;
    }

    /**
     * Properties of a JobResumed.
     * @deprecated Use volley.JobResumed.$Properties instead.
     */
    interface IJobResumed extends volley.JobResumed.$Properties {
    }

    /** Represents a JobResumed. */
    class JobResumed {

        /**
         * Constructs a new JobResumed.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.JobResumed.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** JobResumed token. */
        token: Long;

        /** JobResumed deadlineMs. */
        deadlineMs?: (Long|null);

        /**
         * Encodes the specified JobResumed message. Does not implicitly {@link volley.JobResumed.verify|verify} messages.
         * @param message JobResumed message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.JobResumed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JobResumed message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.JobResumed & volley.JobResumed.$Shape} JobResumed
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.JobResumed & volley.JobResumed.$Shape;
    }

    namespace JobResumed {

        /** Properties of a JobResumed. */
        interface $Properties {

            /** JobResumed token */
            token?: (Long|null);

            /** JobResumed deadlineMs */
            deadlineMs?: (Long|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a JobResumed. */
        type $Shape = volley.JobResumed.$Properties;
    }

    /**
     * Properties of an AttemptStarted.
     * @deprecated Use volley.AttemptStarted.$Properties instead.
     */
    interface IAttemptStarted extends volley.AttemptStarted.$Properties {
    }

    /** Represents an AttemptStarted. */
    class AttemptStarted {

        /**
         * Constructs a new AttemptStarted.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.AttemptStarted.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AttemptStarted stage. */
        stage: number;

        /** AttemptStarted task. */
        task: number;

        /** AttemptStarted attempt. */
        attempt: string;

        /** AttemptStarted deadlineMs. */
        deadlineMs: Long;

        /**
         * Encodes the specified AttemptStarted message. Does not implicitly {@link volley.AttemptStarted.verify|verify} messages.
         * @param message AttemptStarted message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.AttemptStarted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AttemptStarted message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.AttemptStarted & volley.AttemptStarted.$Shape} AttemptStarted
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.AttemptStarted & volley.AttemptStarted.$Shape;
    }

    namespace AttemptStarted {

        /** Properties of an AttemptStarted. */
        interface $Properties {

            /** AttemptStarted stage */
            stage?: (number|null);

            /** AttemptStarted task */
            task?: (number|null);

            /** AttemptStarted attempt */
            attempt?: (string|null);

            /** AttemptStarted deadlineMs */
            deadlineMs?: (Long|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AttemptStarted. */
        type $Shape = volley.AttemptStarted.$Properties;
    }

    /**
     * Properties of a TaskEnded.
     * @deprecated Use volley.TaskEnded.$Properties instead.
     */
    interface ITaskEnded extends volley.TaskEnded.$Properties {
    }

    /** Represents a TaskEnded. */
    class TaskEnded {

        /**
         * Constructs a new TaskEnded.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.TaskEnded.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** TaskEnded stage. */
        stage: number;

        /** TaskEnded task. */
        task: number;

        /** TaskEnded attempt. */
        attempt: string;

        /** TaskEnded outcome. */
        outcome?: (volley.TaskOutcome.$Properties|null);

        /**
         * Encodes the specified TaskEnded message. Does not implicitly {@link volley.TaskEnded.verify|verify} messages.
         * @param message TaskEnded message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.TaskEnded.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a TaskEnded message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.TaskEnded & volley.TaskEnded.$Shape} TaskEnded
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.TaskEnded & volley.TaskEnded.$Shape;
    }

    namespace TaskEnded {

        /** Properties of a TaskEnded. */
        interface $Properties {

            /** TaskEnded stage */
            stage?: (number|null);

            /** TaskEnded task */
            task?: (number|null);

            /** TaskEnded attempt */
            attempt?: (string|null);

            /** TaskEnded outcome */
            outcome?: (volley.TaskOutcome.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a TaskEnded. */
        type $Shape = {
          stage?: number|null;
          task?: number|null;
          attempt?: string|null;
          outcome?: volley.TaskOutcome.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of an AttemptAbandoned.
     * @deprecated Use volley.AttemptAbandoned.$Properties instead.
     */
    interface IAttemptAbandoned extends volley.AttemptAbandoned.$Properties {
    }

    /** Represents an AttemptAbandoned. */
    class AttemptAbandoned {

        /**
         * Constructs a new AttemptAbandoned.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.AttemptAbandoned.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AttemptAbandoned stage. */
        stage: number;

        /** AttemptAbandoned task. */
        task: number;

        /** AttemptAbandoned attempt. */
        attempt: string;

        /** AttemptAbandoned reason. */
        reason: string;

        /**
         * Encodes the specified AttemptAbandoned message. Does not implicitly {@link volley.AttemptAbandoned.verify|verify} messages.
         * @param message AttemptAbandoned message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.AttemptAbandoned.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AttemptAbandoned message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.AttemptAbandoned & volley.AttemptAbandoned.$Shape} AttemptAbandoned
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.AttemptAbandoned & volley.AttemptAbandoned.$Shape;
    }

    namespace AttemptAbandoned {

        /** Properties of an AttemptAbandoned. */
        interface $Properties {

            /** AttemptAbandoned stage */
            stage?: (number|null);

            /** AttemptAbandoned task */
            task?: (number|null);

            /** AttemptAbandoned attempt */
            attempt?: (string|null);

            /** AttemptAbandoned reason */
            reason?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AttemptAbandoned. */
        type $Shape = volley.AttemptAbandoned.$Properties;
    }

    /**
     * Properties of a RetryScheduled.
     * @deprecated Use volley.RetryScheduled.$Properties instead.
     */
    interface IRetryScheduled extends volley.RetryScheduled.$Properties {
    }

    /** Represents a RetryScheduled. */
    class RetryScheduled {

        /**
         * Constructs a new RetryScheduled.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.RetryScheduled.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RetryScheduled stage. */
        stage: number;

        /** RetryScheduled task. */
        task: number;

        /** RetryScheduled notBeforeMs. */
        notBeforeMs: Long;

        /**
         * Encodes the specified RetryScheduled message. Does not implicitly {@link volley.RetryScheduled.verify|verify} messages.
         * @param message RetryScheduled message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.RetryScheduled.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RetryScheduled message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.RetryScheduled & volley.RetryScheduled.$Shape} RetryScheduled
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.RetryScheduled & volley.RetryScheduled.$Shape;
    }

    namespace RetryScheduled {

        /** Properties of a RetryScheduled. */
        interface $Properties {

            /** RetryScheduled stage */
            stage?: (number|null);

            /** RetryScheduled task */
            task?: (number|null);

            /** RetryScheduled notBeforeMs */
            notBeforeMs?: (Long|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RetryScheduled. */
        type $Shape = volley.RetryScheduled.$Properties;
    }

    /**
     * Properties of a StageIndexed.
     * @deprecated Use volley.StageIndexed.$Properties instead.
     */
    interface IStageIndexed extends volley.StageIndexed.$Properties {
    }

    /** Represents a StageIndexed. */
    class StageIndexed {

        /**
         * Constructs a new StageIndexed.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.StageIndexed.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StageIndexed stage. */
        stage: number;

        /** StageIndexed key. */
        key: string;

        /** StageIndexed identity. */
        identity?: (volley.ObjectIdentity.$Properties|null);

        /** StageIndexed requests. */
        requests?: (volley.RequestCounts.$Properties|null);

        /**
         * Encodes the specified StageIndexed message. Does not implicitly {@link volley.StageIndexed.verify|verify} messages.
         * @param message StageIndexed message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.StageIndexed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StageIndexed message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.StageIndexed & volley.StageIndexed.$Shape} StageIndexed
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.StageIndexed & volley.StageIndexed.$Shape;
    }

    namespace StageIndexed {

        /** Properties of a StageIndexed. */
        interface $Properties {

            /** StageIndexed stage */
            stage?: (number|null);

            /** StageIndexed key */
            key?: (string|null);

            /** StageIndexed identity */
            identity?: (volley.ObjectIdentity.$Properties|null);

            /** StageIndexed requests */
            requests?: (volley.RequestCounts.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StageIndexed. */
        type $Shape = volley.StageIndexed.$Properties;
    }

    /**
     * Properties of a JobRestarted.
     * @deprecated Use volley.JobRestarted.$Properties instead.
     */
    interface IJobRestarted extends volley.JobRestarted.$Properties {
    }

    /** Represents a JobRestarted. */
    class JobRestarted {

        /**
         * Constructs a new JobRestarted.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.JobRestarted.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** JobRestarted reason. */
        reason: string;

        /**
         * Encodes the specified JobRestarted message. Does not implicitly {@link volley.JobRestarted.verify|verify} messages.
         * @param message JobRestarted message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.JobRestarted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JobRestarted message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.JobRestarted & volley.JobRestarted.$Shape} JobRestarted
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.JobRestarted & volley.JobRestarted.$Shape;
    }

    namespace JobRestarted {

        /** Properties of a JobRestarted. */
        interface $Properties {

            /** JobRestarted reason */
            reason?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a JobRestarted. */
        type $Shape = volley.JobRestarted.$Properties;
    }

    /**
     * Properties of a CancelRequested.
     * @deprecated Use volley.CancelRequested.$Properties instead.
     */
    interface ICancelRequested extends volley.CancelRequested.$Properties {
    }

    /** Represents a CancelRequested. */
    class CancelRequested {

        /**
         * Constructs a new CancelRequested.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.CancelRequested.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** CancelRequested by. */
        by: string;

        /**
         * Encodes the specified CancelRequested message. Does not implicitly {@link volley.CancelRequested.verify|verify} messages.
         * @param message CancelRequested message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.CancelRequested.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a CancelRequested message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.CancelRequested & volley.CancelRequested.$Shape} CancelRequested
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.CancelRequested & volley.CancelRequested.$Shape;
    }

    namespace CancelRequested {

        /** Properties of a CancelRequested. */
        interface $Properties {

            /** CancelRequested by */
            by?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a CancelRequested. */
        type $Shape = volley.CancelRequested.$Properties;
    }

    /**
     * Properties of a JobEnded.
     * @deprecated Use volley.JobEnded.$Properties instead.
     */
    interface IJobEnded extends volley.JobEnded.$Properties {
    }

    /** Represents a JobEnded. */
    class JobEnded {

        /**
         * Constructs a new JobEnded.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.JobEnded.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** JobEnded succeeded. */
        succeeded?: (volley.Nothing.$Properties|null);

        /** JobEnded failed. */
        failed?: (volley.JobError.$Properties|null);

        /** JobEnded cancelled. */
        cancelled?: (volley.CancelRequested.$Properties|null);

        /** JobEnded kind. */
        kind?: ("succeeded"|"failed"|"cancelled");

        /**
         * Encodes the specified JobEnded message. Does not implicitly {@link volley.JobEnded.verify|verify} messages.
         * @param message JobEnded message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.JobEnded.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JobEnded message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.JobEnded & volley.JobEnded.$Shape} JobEnded
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.JobEnded & volley.JobEnded.$Shape;
    }

    namespace JobEnded {

        /** Properties of a JobEnded. */
        interface $Properties {

            /** JobEnded succeeded */
            succeeded?: (volley.Nothing.$Properties|null);

            /** JobEnded failed */
            failed?: (volley.JobError.$Properties|null);

            /** JobEnded cancelled */
            cancelled?: (volley.CancelRequested.$Properties|null);

            /** JobEnded kind */
            kind?: ("succeeded"|"failed"|"cancelled");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a JobEnded. */
        type $Shape = {
          succeeded?: volley.Nothing.$Shape|null;
          failed?: volley.JobError.$Shape|null;
          cancelled?: volley.CancelRequested.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; succeeded?: null; failed?: null; cancelled?: null }|{ kind?: "succeeded"; succeeded: volley.Nothing.$Shape; failed?: null; cancelled?: null }|{ kind?: "failed"; succeeded?: null; failed: volley.JobError.$Shape; cancelled?: null }|{ kind?: "cancelled"; succeeded?: null; failed?: null; cancelled: volley.CancelRequested.$Shape })
        );
    }

    /**
     * Properties of a JobError.
     * @deprecated Use volley.JobError.$Properties instead.
     */
    interface IJobError extends volley.JobError.$Properties {
    }

    /** Represents a JobError. */
    class JobError {

        /**
         * Constructs a new JobError.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.JobError.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** JobError code. */
        code: string;

        /** JobError message. */
        message: string;

        /** JobError details. */
        details: volley.Detail.$Properties[];

        /**
         * Encodes the specified JobError message. Does not implicitly {@link volley.JobError.verify|verify} messages.
         * @param message JobError message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.JobError.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JobError message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.JobError & volley.JobError.$Shape} JobError
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.JobError & volley.JobError.$Shape;
    }

    namespace JobError {

        /** Properties of a JobError. */
        interface $Properties {

            /** JobError code */
            code?: (string|null);

            /** JobError message */
            message?: (string|null);

            /** JobError details */
            details?: (volley.Detail.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a JobError. */
        type $Shape = {
          code?: string|null;
          message?: string|null;
          details?: volley.Detail.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a JobSnapshot.
     * @deprecated Use volley.JobSnapshot.$Properties instead.
     */
    interface IJobSnapshot extends volley.JobSnapshot.$Properties {
    }

    /** Represents a JobSnapshot. */
    class JobSnapshot {

        /**
         * Constructs a new JobSnapshot.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.JobSnapshot.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** JobSnapshot deadlineMs. */
        deadlineMs?: (Long|null);

        /** JobSnapshot stages. */
        stages: volley.StageSnapshot.$Properties[];

        /** JobSnapshot resumedBy. */
        resumedBy?: (Long|null);

        /** JobSnapshot attempts. */
        attempts: number;

        /** JobSnapshot retriesUsed. */
        retriesUsed: number;

        /** JobSnapshot restarts. */
        restarts: number;

        /** JobSnapshot cancelRequestedBy. */
        cancelRequestedBy?: (string|null);

        /** JobSnapshot end. */
        end?: (volley.JobEnded.$Properties|null);

        /** JobSnapshot endedAtMs. */
        endedAtMs?: (Long|null);

        /** JobSnapshot lateUntilMs. */
        lateUntilMs?: (Long|null);

        /** JobSnapshot requests. */
        requests?: (volley.StoreRequests.$Properties|null);

        /** JobSnapshot throttledSinceMs. */
        throttledSinceMs?: (Long|null);

        /**
         * Encodes the specified JobSnapshot message. Does not implicitly {@link volley.JobSnapshot.verify|verify} messages.
         * @param message JobSnapshot message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.JobSnapshot.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JobSnapshot message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.JobSnapshot & volley.JobSnapshot.$Shape} JobSnapshot
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.JobSnapshot & volley.JobSnapshot.$Shape;
    }

    namespace JobSnapshot {

        /** Properties of a JobSnapshot. */
        interface $Properties {

            /** JobSnapshot deadlineMs */
            deadlineMs?: (Long|null);

            /** JobSnapshot stages */
            stages?: (volley.StageSnapshot.$Properties[]|null);

            /** JobSnapshot resumedBy */
            resumedBy?: (Long|null);

            /** JobSnapshot attempts */
            attempts?: (number|null);

            /** JobSnapshot retriesUsed */
            retriesUsed?: (number|null);

            /** JobSnapshot restarts */
            restarts?: (number|null);

            /** JobSnapshot cancelRequestedBy */
            cancelRequestedBy?: (string|null);

            /** JobSnapshot end */
            end?: (volley.JobEnded.$Properties|null);

            /** JobSnapshot endedAtMs */
            endedAtMs?: (Long|null);

            /** JobSnapshot lateUntilMs */
            lateUntilMs?: (Long|null);

            /** JobSnapshot requests */
            requests?: (volley.StoreRequests.$Properties|null);

            /** JobSnapshot throttledSinceMs */
            throttledSinceMs?: (Long|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a JobSnapshot. */
        type $Shape = {
          deadlineMs?: Long|null;
          stages?: volley.StageSnapshot.$Shape[]|null;
          resumedBy?: Long|null;
          attempts?: number|null;
          retriesUsed?: number|null;
          restarts?: number|null;
          cancelRequestedBy?: string|null;
          end?: volley.JobEnded.$Shape|null;
          endedAtMs?: Long|null;
          lateUntilMs?: Long|null;
          requests?: volley.StoreRequests.$Shape|null;
          throttledSinceMs?: Long|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a JobChanges.
     * @deprecated Use volley.JobChanges.$Properties instead.
     */
    interface IJobChanges extends volley.JobChanges.$Properties {
    }

    /** Represents a JobChanges. */
    class JobChanges {

        /**
         * Constructs a new JobChanges.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.JobChanges.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** JobChanges job. */
        job?: (volley.JobSnapshot.$Properties|null);

        /** JobChanges stages. */
        stages: volley.StageChanges.$Properties[];

        /**
         * Encodes the specified JobChanges message. Does not implicitly {@link volley.JobChanges.verify|verify} messages.
         * @param message JobChanges message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.JobChanges.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JobChanges message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.JobChanges & volley.JobChanges.$Shape} JobChanges
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.JobChanges & volley.JobChanges.$Shape;
    }

    namespace JobChanges {

        /** Properties of a JobChanges. */
        interface $Properties {

            /** JobChanges job */
            job?: (volley.JobSnapshot.$Properties|null);

            /** JobChanges stages */
            stages?: (volley.StageChanges.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a JobChanges. */
        type $Shape = {
          job?: volley.JobSnapshot.$Shape|null;
          stages?: volley.StageChanges.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a StageChanges.
     * @deprecated Use volley.StageChanges.$Properties instead.
     */
    interface IStageChanges extends volley.StageChanges.$Properties {
    }

    /** Represents a StageChanges. */
    class StageChanges {

        /**
         * Constructs a new StageChanges.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.StageChanges.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StageChanges changed. */
        changed: number[];

        /** StageChanges tasks. */
        tasks: volley.TaskSnapshot.$Properties[];

        /** StageChanges index. */
        index?: (volley.IndexObject.$Properties|null);

        /**
         * Encodes the specified StageChanges message. Does not implicitly {@link volley.StageChanges.verify|verify} messages.
         * @param message StageChanges message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.StageChanges.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StageChanges message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.StageChanges & volley.StageChanges.$Shape} StageChanges
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.StageChanges & volley.StageChanges.$Shape;
    }

    namespace StageChanges {

        /** Properties of a StageChanges. */
        interface $Properties {

            /** StageChanges changed */
            changed?: (number[]|null);

            /** StageChanges tasks */
            tasks?: (volley.TaskSnapshot.$Properties[]|null);

            /** StageChanges index */
            index?: (volley.IndexObject.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StageChanges. */
        type $Shape = {
          changed?: number[]|null;
          tasks?: volley.TaskSnapshot.$Shape[]|null;
          index?: volley.IndexObject.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a StageSnapshot.
     * @deprecated Use volley.StageSnapshot.$Properties instead.
     */
    interface IStageSnapshot extends volley.StageSnapshot.$Properties {
    }

    /** Represents a StageSnapshot. */
    class StageSnapshot {

        /**
         * Constructs a new StageSnapshot.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.StageSnapshot.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StageSnapshot tasks. */
        tasks: volley.TaskSnapshot.$Properties[];

        /** StageSnapshot index. */
        index?: (volley.IndexObject.$Properties|null);

        /**
         * Encodes the specified StageSnapshot message. Does not implicitly {@link volley.StageSnapshot.verify|verify} messages.
         * @param message StageSnapshot message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.StageSnapshot.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StageSnapshot message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.StageSnapshot & volley.StageSnapshot.$Shape} StageSnapshot
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.StageSnapshot & volley.StageSnapshot.$Shape;
    }

    namespace StageSnapshot {

        /** Properties of a StageSnapshot. */
        interface $Properties {

            /** StageSnapshot tasks */
            tasks?: (volley.TaskSnapshot.$Properties[]|null);

            /** StageSnapshot index */
            index?: (volley.IndexObject.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StageSnapshot. */
        type $Shape = {
          tasks?: volley.TaskSnapshot.$Shape[]|null;
          index?: volley.IndexObject.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a TaskSnapshot.
     * @deprecated Use volley.TaskSnapshot.$Properties instead.
     */
    interface ITaskSnapshot extends volley.TaskSnapshot.$Properties {
    }

    /** Represents a TaskSnapshot. */
    class TaskSnapshot {

        /**
         * Constructs a new TaskSnapshot.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.TaskSnapshot.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** TaskSnapshot failures. */
        failures: number;

        /** TaskSnapshot pending. */
        pending?: (volley.Nothing.$Properties|null);

        /** TaskSnapshot running. */
        running?: (volley.RunningTask.$Properties|null);

        /** TaskSnapshot failed. */
        failed?: (volley.TaskOutcome.$Properties|null);

        /** TaskSnapshot waiting. */
        waiting?: (volley.WaitingTask.$Properties|null);

        /** TaskSnapshot succeeded. */
        succeeded?: (volley.SucceededTask.$Properties|null);

        /** TaskSnapshot kind. */
        kind?: ("pending"|"running"|"failed"|"waiting"|"succeeded");

        /**
         * Encodes the specified TaskSnapshot message. Does not implicitly {@link volley.TaskSnapshot.verify|verify} messages.
         * @param message TaskSnapshot message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.TaskSnapshot.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a TaskSnapshot message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.TaskSnapshot & volley.TaskSnapshot.$Shape} TaskSnapshot
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.TaskSnapshot & volley.TaskSnapshot.$Shape;
    }

    namespace TaskSnapshot {

        /** Properties of a TaskSnapshot. */
        interface $Properties {

            /** TaskSnapshot failures */
            failures?: (number|null);

            /** TaskSnapshot pending */
            pending?: (volley.Nothing.$Properties|null);

            /** TaskSnapshot running */
            running?: (volley.RunningTask.$Properties|null);

            /** TaskSnapshot failed */
            failed?: (volley.TaskOutcome.$Properties|null);

            /** TaskSnapshot waiting */
            waiting?: (volley.WaitingTask.$Properties|null);

            /** TaskSnapshot succeeded */
            succeeded?: (volley.SucceededTask.$Properties|null);

            /** TaskSnapshot kind */
            kind?: ("pending"|"running"|"failed"|"waiting"|"succeeded");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a TaskSnapshot. */
        type $Shape = {
          failures?: number|null;
          pending?: volley.Nothing.$Shape|null;
          running?: volley.RunningTask.$Shape|null;
          failed?: volley.TaskOutcome.$Shape|null;
          waiting?: volley.WaitingTask.$Shape|null;
          succeeded?: volley.SucceededTask.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; pending?: null; running?: null; failed?: null; waiting?: null; succeeded?: null }|{ kind?: "pending"; pending: volley.Nothing.$Shape; running?: null; failed?: null; waiting?: null; succeeded?: null }|{ kind?: "running"; pending?: null; running: volley.RunningTask.$Shape; failed?: null; waiting?: null; succeeded?: null }|{ kind?: "failed"; pending?: null; running?: null; failed: volley.TaskOutcome.$Shape; waiting?: null; succeeded?: null }|{ kind?: "waiting"; pending?: null; running?: null; failed?: null; waiting: volley.WaitingTask.$Shape; succeeded?: null }|{ kind?: "succeeded"; pending?: null; running?: null; failed?: null; waiting?: null; succeeded: volley.SucceededTask.$Shape })
        );
    }

    /**
     * Properties of a RunningTask.
     * @deprecated Use volley.RunningTask.$Properties instead.
     */
    interface IRunningTask extends volley.RunningTask.$Properties {
    }

    /** Represents a RunningTask. */
    class RunningTask {

        /**
         * Constructs a new RunningTask.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.RunningTask.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RunningTask attempt. */
        attempt: string;

        /** RunningTask startedAtMs. */
        startedAtMs: Long;

        /** RunningTask deadlineMs. */
        deadlineMs: Long;

        /**
         * Encodes the specified RunningTask message. Does not implicitly {@link volley.RunningTask.verify|verify} messages.
         * @param message RunningTask message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.RunningTask.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RunningTask message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.RunningTask & volley.RunningTask.$Shape} RunningTask
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.RunningTask & volley.RunningTask.$Shape;
    }

    namespace RunningTask {

        /** Properties of a RunningTask. */
        interface $Properties {

            /** RunningTask attempt */
            attempt?: (string|null);

            /** RunningTask startedAtMs */
            startedAtMs?: (Long|null);

            /** RunningTask deadlineMs */
            deadlineMs?: (Long|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RunningTask. */
        type $Shape = volley.RunningTask.$Properties;
    }

    /**
     * Properties of a WaitingTask.
     * @deprecated Use volley.WaitingTask.$Properties instead.
     */
    interface IWaitingTask extends volley.WaitingTask.$Properties {
    }

    /** Represents a WaitingTask. */
    class WaitingTask {

        /**
         * Constructs a new WaitingTask.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.WaitingTask.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** WaitingTask notBeforeMs. */
        notBeforeMs: Long;

        /**
         * Encodes the specified WaitingTask message. Does not implicitly {@link volley.WaitingTask.verify|verify} messages.
         * @param message WaitingTask message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.WaitingTask.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a WaitingTask message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.WaitingTask & volley.WaitingTask.$Shape} WaitingTask
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.WaitingTask & volley.WaitingTask.$Shape;
    }

    namespace WaitingTask {

        /** Properties of a WaitingTask. */
        interface $Properties {

            /** WaitingTask notBeforeMs */
            notBeforeMs?: (Long|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a WaitingTask. */
        type $Shape = volley.WaitingTask.$Properties;
    }

    /**
     * Properties of a SucceededTask.
     * @deprecated Use volley.SucceededTask.$Properties instead.
     */
    interface ISucceededTask extends volley.SucceededTask.$Properties {
    }

    /** Represents a SucceededTask. */
    class SucceededTask {

        /**
         * Constructs a new SucceededTask.
         * @param [properties] Properties to set
         */
        constructor(properties?: volley.SucceededTask.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** SucceededTask attempt. */
        attempt: string;

        /** SucceededTask outcome. */
        outcome?: (volley.TaskOutcome.$Properties|null);

        /**
         * Encodes the specified SucceededTask message. Does not implicitly {@link volley.SucceededTask.verify|verify} messages.
         * @param message SucceededTask message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: volley.SucceededTask.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SucceededTask message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {volley.SucceededTask & volley.SucceededTask.$Shape} SucceededTask
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): volley.SucceededTask & volley.SucceededTask.$Shape;
    }

    namespace SucceededTask {

        /** Properties of a SucceededTask. */
        interface $Properties {

            /** SucceededTask attempt */
            attempt?: (string|null);

            /** SucceededTask outcome */
            outcome?: (volley.TaskOutcome.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SucceededTask. */
        type $Shape = {
          attempt?: string|null;
          outcome?: volley.TaskOutcome.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }
}
