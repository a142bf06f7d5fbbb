/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

const $root = $protobuf.roots["volley"] || ($protobuf.roots["volley"] = {});

export const volley = $root.volley = (() => {

    const volley = {};

    volley.Header = (function() {

        const Header = function (properties) {
            this.requiredFeatures = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Header.prototype.formatVersion = 0;
        Header.prototype.engineVersion = "";
        Header.prototype.requiredFeatures = $util.emptyArray;

        Header.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.formatVersion != null && $Object.hasOwnProperty.call(message, "formatVersion") && message.formatVersion !== 0)
                writer.uint32(8).uint32(message.formatVersion);
            if (message.engineVersion != null && $Object.hasOwnProperty.call(message, "engineVersion") && message.engineVersion !== "")
                writer.uint32(18).string(message.engineVersion);
            if (message.requiredFeatures != null && message.requiredFeatures.length)
                for (let i = 0; i < message.requiredFeatures.length; ++i)
                    writer.uint32(26).string(message.requiredFeatures[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Header.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Header();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.formatVersion = value;
                        else
                            delete message.formatVersion;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.engineVersion = value;
                        else
                            delete message.engineVersion;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.requiredFeatures && message.requiredFeatures.length))
                            message.requiredFeatures = [];
                        message.requiredFeatures.push(reader.stringVerify());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Header;
    })();

    volley.Nothing = (function() {

        const Nothing = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Nothing.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Nothing.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Nothing();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                reader.skipType(tag & 7, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Nothing;
    })();

    volley.DataType = (function() {

        const DataType = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        DataType.prototype.scalar = null;
        DataType.prototype.decimal = null;
        DataType.prototype.enumeration = null;
        DataType.prototype.list = null;
        DataType.prototype.array = null;
        DataType.prototype.struct = null;
        DataType.prototype.map = null;
        DataType.prototype.union = null;

        let $oneOfFields;

        $Object.defineProperty(DataType.prototype, "kind", {
            get: $util.oneOfGetter($oneOfFields = ["scalar", "decimal", "enumeration", "list", "array", "struct", "map", "union"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        DataType.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.scalar != null && $Object.hasOwnProperty.call(message, "scalar"))
                writer.uint32(8).int32(message.scalar);
            if (message.decimal != null && $Object.hasOwnProperty.call(message, "decimal"))
                $root.volley.DecimalType.encode(message.decimal, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.enumeration != null && $Object.hasOwnProperty.call(message, "enumeration"))
                $root.volley.EnumType.encode(message.enumeration, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.list != null && $Object.hasOwnProperty.call(message, "list"))
                $root.volley.DataType.encode(message.list, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.array != null && $Object.hasOwnProperty.call(message, "array"))
                $root.volley.ArrayType.encode(message.array, writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.struct != null && $Object.hasOwnProperty.call(message, "struct"))
                $root.volley.FieldsType.encode(message.struct, writer.uint32(50).fork(), _depth + 1).ldelim();
            if (message.map != null && $Object.hasOwnProperty.call(message, "map"))
                $root.volley.MapType.encode(message.map, writer.uint32(58).fork(), _depth + 1).ldelim();
            if (message.union != null && $Object.hasOwnProperty.call(message, "union"))
                $root.volley.FieldsType.encode(message.union, writer.uint32(66).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        DataType.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.DataType();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.scalar = reader.int32();
                        message.kind = "scalar";
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.decimal = $root.volley.DecimalType.decode(reader, reader.size(), $undefined, _depth + 1, message.decimal);
                        message.kind = "decimal";
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.enumeration = $root.volley.EnumType.decode(reader, reader.size(), $undefined, _depth + 1, message.enumeration);
                        message.kind = "enumeration";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.list = $root.volley.DataType.decode(reader, reader.size(), $undefined, _depth + 1, message.list);
                        message.kind = "list";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.array = $root.volley.ArrayType.decode(reader, reader.size(), $undefined, _depth + 1, message.array);
                        message.kind = "array";
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.struct = $root.volley.FieldsType.decode(reader, reader.size(), $undefined, _depth + 1, message.struct);
                        message.kind = "struct";
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.map = $root.volley.MapType.decode(reader, reader.size(), $undefined, _depth + 1, message.map);
                        message.kind = "map";
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        message.union = $root.volley.FieldsType.decode(reader, reader.size(), $undefined, _depth + 1, message.union);
                        message.kind = "union";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        DataType.Scalar = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "UNSPECIFIED"] = 0;
            values[valuesById[1] = "BOOLEAN"] = 1;
            values[valuesById[2] = "TINYINT"] = 2;
            values[valuesById[3] = "SMALLINT"] = 3;
            values[valuesById[4] = "INTEGER"] = 4;
            values[valuesById[5] = "BIGINT"] = 5;
            values[valuesById[6] = "HUGEINT"] = 6;
            values[valuesById[7] = "UTINYINT"] = 7;
            values[valuesById[8] = "USMALLINT"] = 8;
            values[valuesById[9] = "UINTEGER"] = 9;
            values[valuesById[10] = "UBIGINT"] = 10;
            values[valuesById[11] = "UHUGEINT"] = 11;
            values[valuesById[12] = "BIGNUM"] = 12;
            values[valuesById[13] = "FLOAT"] = 13;
            values[valuesById[14] = "DOUBLE"] = 14;
            values[valuesById[15] = "VARCHAR"] = 15;
            values[valuesById[16] = "BLOB"] = 16;
            values[valuesById[17] = "BIT"] = 17;
            values[valuesById[18] = "DATE"] = 18;
            values[valuesById[19] = "TIME"] = 19;
            values[valuesById[20] = "TIME_NS"] = 20;
            values[valuesById[21] = "TIME_WITH_TIME_ZONE"] = 21;
            values[valuesById[22] = "TIMESTAMP"] = 22;
            values[valuesById[23] = "TIMESTAMP_S"] = 23;
            values[valuesById[24] = "TIMESTAMP_MS"] = 24;
            values[valuesById[25] = "TIMESTAMP_NS"] = 25;
            values[valuesById[26] = "TIMESTAMP_WITH_TIME_ZONE"] = 26;
            values[valuesById[27] = "INTERVAL"] = 27;
            values[valuesById[28] = "UUID"] = 28;
            values[valuesById[29] = "JSON"] = 29;
            values[valuesById[30] = "NULL_TYPE"] = 30;
            return values;
        })();

        return DataType;
    })();

    volley.DecimalType = (function() {

        const DecimalType = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        DecimalType.prototype.width = 0;
        DecimalType.prototype.scale = 0;

        DecimalType.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.width != null && $Object.hasOwnProperty.call(message, "width") && message.width !== 0)
                writer.uint32(8).uint32(message.width);
            if (message.scale != null && $Object.hasOwnProperty.call(message, "scale") && message.scale !== 0)
                writer.uint32(16).uint32(message.scale);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        DecimalType.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.DecimalType();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.width = value;
                        else
                            delete message.width;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.scale = value;
                        else
                            delete message.scale;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return DecimalType;
    })();

    volley.EnumType = (function() {

        const EnumType = function (properties) {
            this.values = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        EnumType.prototype.values = $util.emptyArray;

        EnumType.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.values != null && message.values.length)
                for (let i = 0; i < message.values.length; ++i)
                    writer.uint32(10).string(message.values[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        EnumType.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.EnumType();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.values && message.values.length))
                            message.values = [];
                        message.values.push(reader.stringVerify());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return EnumType;
    })();

    volley.ArrayType = (function() {

        const ArrayType = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        ArrayType.prototype.child = null;
        ArrayType.prototype.size = 0;

        ArrayType.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.child != null && $Object.hasOwnProperty.call(message, "child"))
                $root.volley.DataType.encode(message.child, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.size != null && $Object.hasOwnProperty.call(message, "size") && message.size !== 0)
                writer.uint32(16).uint32(message.size);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        ArrayType.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.ArrayType();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.child = $root.volley.DataType.decode(reader, reader.size(), $undefined, _depth + 1, message.child);
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.size = value;
                        else
                            delete message.size;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ArrayType;
    })();

    volley.FieldsType = (function() {

        const FieldsType = function (properties) {
            this.fields = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        FieldsType.prototype.fields = $util.emptyArray;

        FieldsType.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.fields != null && message.fields.length)
                for (let i = 0; i < message.fields.length; ++i)
                    $root.volley.FieldType.encode(message.fields[i], writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        FieldsType.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.FieldsType();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.fields && message.fields.length))
                            message.fields = [];
                        message.fields.push($root.volley.FieldType.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return FieldsType;
    })();

    volley.FieldType = (function() {

        const FieldType = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        FieldType.prototype.name = "";
        FieldType.prototype.type = null;

        FieldType.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(10).string(message.name);
            if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                $root.volley.DataType.encode(message.type, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        FieldType.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.FieldType();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.type = $root.volley.DataType.decode(reader, reader.size(), $undefined, _depth + 1, message.type);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return FieldType;
    })();

    volley.MapType = (function() {

        const MapType = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        MapType.prototype.key = null;
        MapType.prototype.value = null;

        MapType.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                $root.volley.DataType.encode(message.key, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                $root.volley.DataType.encode(message.value, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        MapType.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.MapType();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.key = $root.volley.DataType.decode(reader, reader.size(), $undefined, _depth + 1, message.key);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.value = $root.volley.DataType.decode(reader, reader.size(), $undefined, _depth + 1, message.value);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return MapType;
    })();

    volley.Constant = (function() {

        const Constant = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Constant.prototype["null"] = null;
        Constant.prototype.boolean = null;
        Constant.prototype.integer = null;
        Constant.prototype.wideInteger = null;
        Constant.prototype.floating = null;
        Constant.prototype.text = null;
        Constant.prototype.bytes = null;
        Constant.prototype.interval = null;
        Constant.prototype.list = null;

        let $oneOfFields;

        $Object.defineProperty(Constant.prototype, "value", {
            get: $util.oneOfGetter($oneOfFields = ["null", "boolean", "integer", "wideInteger", "floating", "text", "bytes", "interval", "list"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        Constant.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message["null"] != null && $Object.hasOwnProperty.call(message, "null"))
                $root.volley.Nothing.encode(message["null"], writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.boolean != null && $Object.hasOwnProperty.call(message, "boolean"))
                writer.uint32(16).bool(message.boolean);
            if (message.integer != null && $Object.hasOwnProperty.call(message, "integer"))
                writer.uint32(24).sint64(message.integer);
            if (message.wideInteger != null && $Object.hasOwnProperty.call(message, "wideInteger"))
                writer.uint32(34).bytes(message.wideInteger);
            if (message.floating != null && $Object.hasOwnProperty.call(message, "floating"))
                writer.uint32(41).double(message.floating);
            if (message.text != null && $Object.hasOwnProperty.call(message, "text"))
                writer.uint32(50).string(message.text);
            if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes"))
                writer.uint32(58).bytes(message.bytes);
            if (message.interval != null && $Object.hasOwnProperty.call(message, "interval"))
                $root.volley.IntervalValue.encode(message.interval, writer.uint32(66).fork(), _depth + 1).ldelim();
            if (message.list != null && $Object.hasOwnProperty.call(message, "list"))
                $root.volley.ConstantList.encode(message.list, writer.uint32(74).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Constant.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Constant();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message["null"] = $root.volley.Nothing.decode(reader, reader.size(), $undefined, _depth + 1, message["null"]);
                        message.value = "null";
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.boolean = reader.bool();
                        message.value = "boolean";
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.integer = reader.sint64();
                        message.value = "integer";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.wideInteger = reader.bytes();
                        message.value = "wideInteger";
                        continue;
                    }
                case 5: {
                        if (wireType !== 1)
                            break;
                        message.floating = reader.double();
                        message.value = "floating";
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.text = reader.stringVerify();
                        message.value = "text";
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.bytes = reader.bytes();
                        message.value = "bytes";
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        message.interval = $root.volley.IntervalValue.decode(reader, reader.size(), $undefined, _depth + 1, message.interval);
                        message.value = "interval";
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        message.list = $root.volley.ConstantList.decode(reader, reader.size(), $undefined, _depth + 1, message.list);
                        message.value = "list";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Constant;
    })();

    volley.IntervalValue = (function() {

        const IntervalValue = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        IntervalValue.prototype.months = 0;
        IntervalValue.prototype.days = 0;
        IntervalValue.prototype.micros = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        IntervalValue.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.months != null && $Object.hasOwnProperty.call(message, "months") && message.months !== 0)
                writer.uint32(8).sint32(message.months);
            if (message.days != null && $Object.hasOwnProperty.call(message, "days") && message.days !== 0)
                writer.uint32(16).sint32(message.days);
            if (message.micros != null && $Object.hasOwnProperty.call(message, "micros") && (typeof message.micros === "object" ? message.micros.low || message.micros.high : message.micros !== 0))
                writer.uint32(24).sint64(message.micros);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        IntervalValue.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.IntervalValue();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.sint32())
                            message.months = value;
                        else
                            delete message.months;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.sint32())
                            message.days = value;
                        else
                            delete message.days;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.sint64()) === "object" ? value.low || value.high : value !== 0)
                            message.micros = value;
                        else
                            delete message.micros;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return IntervalValue;
    })();

    volley.ConstantList = (function() {

        const ConstantList = function (properties) {
            this.values = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        ConstantList.prototype.values = $util.emptyArray;

        ConstantList.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.values != null && message.values.length)
                for (let i = 0; i < message.values.length; ++i)
                    $root.volley.Constant.encode(message.values[i], writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        ConstantList.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.ConstantList();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.values && message.values.length))
                            message.values = [];
                        message.values.push($root.volley.Constant.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ConstantList;
    })();

    volley.Expression = (function() {

        const Expression = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Expression.prototype.type = 0;
        Expression.prototype.column = null;
        Expression.prototype.constant = null;
        Expression.prototype.cast = null;
        Expression.prototype.comparison = null;
        Expression.prototype.conjunction = null;
        Expression.prototype.between = null;
        Expression.prototype.caseWhen = null;
        Expression.prototype.syntax = null;
        Expression.prototype.functionCall = null;
        Expression.prototype.lambdaCall = null;
        Expression.prototype.parameter = null;

        let $oneOfFields;

        $Object.defineProperty(Expression.prototype, "node", {
            get: $util.oneOfGetter($oneOfFields = ["column", "constant", "cast", "comparison", "conjunction", "between", "caseWhen", "syntax", "functionCall", "lambdaCall", "parameter"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        Expression.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                writer.uint32(8).uint32(message.type);
            if (message.column != null && $Object.hasOwnProperty.call(message, "column"))
                writer.uint32(16).uint32(message.column);
            if (message.constant != null && $Object.hasOwnProperty.call(message, "constant"))
                $root.volley.Constant.encode(message.constant, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.cast != null && $Object.hasOwnProperty.call(message, "cast"))
                $root.volley.Cast.encode(message.cast, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.comparison != null && $Object.hasOwnProperty.call(message, "comparison"))
                $root.volley.Comparison.encode(message.comparison, writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.conjunction != null && $Object.hasOwnProperty.call(message, "conjunction"))
                $root.volley.Conjunction.encode(message.conjunction, writer.uint32(50).fork(), _depth + 1).ldelim();
            if (message.between != null && $Object.hasOwnProperty.call(message, "between"))
                $root.volley.Between.encode(message.between, writer.uint32(58).fork(), _depth + 1).ldelim();
            if (message.caseWhen != null && $Object.hasOwnProperty.call(message, "caseWhen"))
                $root.volley.CaseWhen.encode(message.caseWhen, writer.uint32(66).fork(), _depth + 1).ldelim();
            if (message.syntax != null && $Object.hasOwnProperty.call(message, "syntax"))
                $root.volley.SyntaxCall.encode(message.syntax, writer.uint32(74).fork(), _depth + 1).ldelim();
            if (message.functionCall != null && $Object.hasOwnProperty.call(message, "functionCall"))
                $root.volley.FunctionCall.encode(message.functionCall, writer.uint32(82).fork(), _depth + 1).ldelim();
            if (message.lambdaCall != null && $Object.hasOwnProperty.call(message, "lambdaCall"))
                $root.volley.LambdaCall.encode(message.lambdaCall, writer.uint32(90).fork(), _depth + 1).ldelim();
            if (message.parameter != null && $Object.hasOwnProperty.call(message, "parameter"))
                writer.uint32(98).string(message.parameter);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Expression.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Expression();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.type = value;
                        else
                            delete message.type;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.column = reader.uint32();
                        message.node = "column";
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.constant = $root.volley.Constant.decode(reader, reader.size(), $undefined, _depth + 1, message.constant);
                        message.node = "constant";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.cast = $root.volley.Cast.decode(reader, reader.size(), $undefined, _depth + 1, message.cast);
                        message.node = "cast";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.comparison = $root.volley.Comparison.decode(reader, reader.size(), $undefined, _depth + 1, message.comparison);
                        message.node = "comparison";
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.conjunction = $root.volley.Conjunction.decode(reader, reader.size(), $undefined, _depth + 1, message.conjunction);
                        message.node = "conjunction";
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.between = $root.volley.Between.decode(reader, reader.size(), $undefined, _depth + 1, message.between);
                        message.node = "between";
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        message.caseWhen = $root.volley.CaseWhen.decode(reader, reader.size(), $undefined, _depth + 1, message.caseWhen);
                        message.node = "caseWhen";
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        message.syntax = $root.volley.SyntaxCall.decode(reader, reader.size(), $undefined, _depth + 1, message.syntax);
                        message.node = "syntax";
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        message.functionCall = $root.volley.FunctionCall.decode(reader, reader.size(), $undefined, _depth + 1, message.functionCall);
                        message.node = "functionCall";
                        continue;
                    }
                case 11: {
                        if (wireType !== 2)
                            break;
                        message.lambdaCall = $root.volley.LambdaCall.decode(reader, reader.size(), $undefined, _depth + 1, message.lambdaCall);
                        message.node = "lambdaCall";
                        continue;
                    }
                case 12: {
                        if (wireType !== 2)
                            break;
                        message.parameter = reader.stringVerify();
                        message.node = "parameter";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Expression;
    })();

    volley.ExpressionList = (function() {

        const ExpressionList = function (properties) {
            this.expressions = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        ExpressionList.prototype.expressions = $util.emptyArray;

        ExpressionList.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.expressions != null && message.expressions.length)
                for (let i = 0; i < message.expressions.length; ++i)
                    $root.volley.Expression.encode(message.expressions[i], writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        ExpressionList.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.ExpressionList();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.expressions && message.expressions.length))
                            message.expressions = [];
                        message.expressions.push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ExpressionList;
    })();

    volley.Cast = (function() {

        const Cast = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Cast.prototype.input = null;
        Cast.prototype.isTry = false;

        Cast.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.input != null && $Object.hasOwnProperty.call(message, "input"))
                $root.volley.Expression.encode(message.input, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.isTry != null && $Object.hasOwnProperty.call(message, "isTry") && message.isTry !== false)
                writer.uint32(16).bool(message.isTry);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Cast.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Cast();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.input = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.input);
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.isTry = value;
                        else
                            delete message.isTry;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Cast;
    })();

    volley.Comparison = (function() {

        const Comparison = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Comparison.prototype.operator = 0;
        Comparison.prototype.left = null;
        Comparison.prototype.right = null;

        Comparison.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.operator != null && $Object.hasOwnProperty.call(message, "operator") && message.operator !== 0)
                writer.uint32(8).int32(message.operator);
            if (message.left != null && $Object.hasOwnProperty.call(message, "left"))
                $root.volley.Expression.encode(message.left, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.right != null && $Object.hasOwnProperty.call(message, "right"))
                $root.volley.Expression.encode(message.right, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Comparison.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Comparison();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.operator = value;
                        else
                            delete message.operator;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.left = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.left);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.right = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.right);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        Comparison.Operator = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "UNSPECIFIED"] = 0;
            values[valuesById[1] = "EQUAL"] = 1;
            values[valuesById[2] = "NOT_EQUAL"] = 2;
            values[valuesById[3] = "LESS"] = 3;
            values[valuesById[4] = "GREATER"] = 4;
            values[valuesById[5] = "LESS_OR_EQUAL"] = 5;
            values[valuesById[6] = "GREATER_OR_EQUAL"] = 6;
            values[valuesById[7] = "DISTINCT_FROM"] = 7;
            values[valuesById[8] = "NOT_DISTINCT_FROM"] = 8;
            return values;
        })();

        return Comparison;
    })();

    volley.Conjunction = (function() {

        const Conjunction = function (properties) {
            this.inputs = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Conjunction.prototype.connective = 0;
        Conjunction.prototype.inputs = $util.emptyArray;

        Conjunction.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.connective != null && $Object.hasOwnProperty.call(message, "connective") && message.connective !== 0)
                writer.uint32(8).int32(message.connective);
            if (message.inputs != null && message.inputs.length)
                for (let i = 0; i < message.inputs.length; ++i)
                    $root.volley.Expression.encode(message.inputs[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Conjunction.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Conjunction();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.connective = value;
                        else
                            delete message.connective;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.inputs && message.inputs.length))
                            message.inputs = [];
                        message.inputs.push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        Conjunction.Connective = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "UNSPECIFIED"] = 0;
            values[valuesById[1] = "AND"] = 1;
            values[valuesById[2] = "OR"] = 2;
            return values;
        })();

        return Conjunction;
    })();

    volley.Between = (function() {

        const Between = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Between.prototype.input = null;
        Between.prototype.lower = null;
        Between.prototype.upper = null;
        Between.prototype.lowerInclusive = false;
        Between.prototype.upperInclusive = false;

        Between.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.input != null && $Object.hasOwnProperty.call(message, "input"))
                $root.volley.Expression.encode(message.input, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.lower != null && $Object.hasOwnProperty.call(message, "lower"))
                $root.volley.Expression.encode(message.lower, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.upper != null && $Object.hasOwnProperty.call(message, "upper"))
                $root.volley.Expression.encode(message.upper, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.lowerInclusive != null && $Object.hasOwnProperty.call(message, "lowerInclusive") && message.lowerInclusive !== false)
                writer.uint32(32).bool(message.lowerInclusive);
            if (message.upperInclusive != null && $Object.hasOwnProperty.call(message, "upperInclusive") && message.upperInclusive !== false)
                writer.uint32(40).bool(message.upperInclusive);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Between.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Between();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.input = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.input);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.lower = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.lower);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.upper = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.upper);
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.lowerInclusive = value;
                        else
                            delete message.lowerInclusive;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.upperInclusive = value;
                        else
                            delete message.upperInclusive;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Between;
    })();

    volley.CaseWhen = (function() {

        const CaseWhen = function (properties) {
            this.branches = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        CaseWhen.prototype.branches = $util.emptyArray;
        CaseWhen.prototype.otherwise = null;

        CaseWhen.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.branches != null && message.branches.length)
                for (let i = 0; i < message.branches.length; ++i)
                    $root.volley.CaseBranch.encode(message.branches[i], writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.otherwise != null && $Object.hasOwnProperty.call(message, "otherwise"))
                $root.volley.Expression.encode(message.otherwise, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        CaseWhen.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.CaseWhen();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.branches && message.branches.length))
                            message.branches = [];
                        message.branches.push($root.volley.CaseBranch.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.otherwise = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.otherwise);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return CaseWhen;
    })();

    volley.CaseBranch = (function() {

        const CaseBranch = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        CaseBranch.prototype.condition = null;
        CaseBranch.prototype.value = null;

        CaseBranch.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.condition != null && $Object.hasOwnProperty.call(message, "condition"))
                $root.volley.Expression.encode(message.condition, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                $root.volley.Expression.encode(message.value, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        CaseBranch.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.CaseBranch();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.condition = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.condition);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.value = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.value);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return CaseBranch;
    })();

    volley.SyntaxCall = (function() {

        const SyntaxCall = function (properties) {
            this.inputs = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        SyntaxCall.prototype.operator = 0;
        SyntaxCall.prototype.inputs = $util.emptyArray;

        SyntaxCall.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.operator != null && $Object.hasOwnProperty.call(message, "operator") && message.operator !== 0)
                writer.uint32(8).int32(message.operator);
            if (message.inputs != null && message.inputs.length)
                for (let i = 0; i < message.inputs.length; ++i)
                    $root.volley.Expression.encode(message.inputs[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        SyntaxCall.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.SyntaxCall();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.operator = value;
                        else
                            delete message.operator;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.inputs && message.inputs.length))
                            message.inputs = [];
                        message.inputs.push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        SyntaxCall.Operator = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "UNSPECIFIED"] = 0;
            values[valuesById[1] = "NOT"] = 1;
            values[valuesById[2] = "IS_NULL"] = 2;
            values[valuesById[3] = "IS_NOT_NULL"] = 3;
            values[valuesById[4] = "IN"] = 4;
            values[valuesById[5] = "NOT_IN"] = 5;
            values[valuesById[6] = "COALESCE"] = 6;
            values[valuesById[7] = "TRY"] = 7;
            return values;
        })();

        return SyntaxCall;
    })();

    volley.FunctionCall = (function() {

        const FunctionCall = function (properties) {
            this.inputs = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        FunctionCall.prototype.name = "";
        FunctionCall.prototype.inputs = $util.emptyArray;
        FunctionCall.prototype.names = null;

        FunctionCall.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(10).string(message.name);
            if (message.inputs != null && message.inputs.length)
                for (let i = 0; i < message.inputs.length; ++i)
                    $root.volley.Expression.encode(message.inputs[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.names != null && $Object.hasOwnProperty.call(message, "names"))
                $root.volley.Names.encode(message.names, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        FunctionCall.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.FunctionCall();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.inputs && message.inputs.length))
                            message.inputs = [];
                        message.inputs.push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.names = $root.volley.Names.decode(reader, reader.size(), $undefined, _depth + 1, message.names);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return FunctionCall;
    })();

    volley.Names = (function() {

        const Names = function (properties) {
            this.names = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Names.prototype.names = $util.emptyArray;

        Names.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.names != null && message.names.length)
                for (let i = 0; i < message.names.length; ++i)
                    writer.uint32(10).string(message.names[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Names.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Names();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.names && message.names.length))
                            message.names = [];
                        message.names.push(reader.stringVerify());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Names;
    })();

    volley.LambdaCall = (function() {

        const LambdaCall = function (properties) {
            this.inputs = [];
            this.parameters = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        LambdaCall.prototype.name = "";
        LambdaCall.prototype.inputs = $util.emptyArray;
        LambdaCall.prototype.parameters = $util.emptyArray;
        LambdaCall.prototype.body = null;

        LambdaCall.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(10).string(message.name);
            if (message.inputs != null && message.inputs.length)
                for (let i = 0; i < message.inputs.length; ++i)
                    $root.volley.Expression.encode(message.inputs[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.parameters != null && message.parameters.length)
                for (let i = 0; i < message.parameters.length; ++i)
                    writer.uint32(26).string(message.parameters[i]);
            if (message.body != null && $Object.hasOwnProperty.call(message, "body"))
                $root.volley.Expression.encode(message.body, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        LambdaCall.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.LambdaCall();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.inputs && message.inputs.length))
                            message.inputs = [];
                        message.inputs.push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.parameters && message.parameters.length))
                            message.parameters = [];
                        message.parameters.push(reader.stringVerify());
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.body = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.body);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return LambdaCall;
    })();

    volley.SortKey = (function() {

        const SortKey = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        SortKey.prototype.expression = null;
        SortKey.prototype.descending = false;
        SortKey.prototype.nullsFirst = false;

        SortKey.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.expression != null && $Object.hasOwnProperty.call(message, "expression"))
                $root.volley.Expression.encode(message.expression, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.descending != null && $Object.hasOwnProperty.call(message, "descending") && message.descending !== false)
                writer.uint32(16).bool(message.descending);
            if (message.nullsFirst != null && $Object.hasOwnProperty.call(message, "nullsFirst") && message.nullsFirst !== false)
                writer.uint32(24).bool(message.nullsFirst);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        SortKey.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.SortKey();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.expression = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.expression);
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.descending = value;
                        else
                            delete message.descending;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.nullsFirst = value;
                        else
                            delete message.nullsFirst;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return SortKey;
    })();

    volley.AggregateCall = (function() {

        const AggregateCall = function (properties) {
            this.inputs = [];
            this.orderBy = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        AggregateCall.prototype.name = "";
        AggregateCall.prototype.inputs = $util.emptyArray;
        AggregateCall.prototype.distinct = false;
        AggregateCall.prototype.filter = null;
        AggregateCall.prototype.orderBy = $util.emptyArray;
        AggregateCall.prototype.type = 0;

        AggregateCall.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(10).string(message.name);
            if (message.inputs != null && message.inputs.length)
                for (let i = 0; i < message.inputs.length; ++i)
                    $root.volley.Expression.encode(message.inputs[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.distinct != null && $Object.hasOwnProperty.call(message, "distinct") && message.distinct !== false)
                writer.uint32(24).bool(message.distinct);
            if (message.filter != null && $Object.hasOwnProperty.call(message, "filter"))
                $root.volley.Expression.encode(message.filter, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.orderBy != null && message.orderBy.length)
                for (let i = 0; i < message.orderBy.length; ++i)
                    $root.volley.SortKey.encode(message.orderBy[i], writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                writer.uint32(48).uint32(message.type);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        AggregateCall.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.AggregateCall();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.inputs && message.inputs.length))
                            message.inputs = [];
                        message.inputs.push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.distinct = value;
                        else
                            delete message.distinct;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.filter = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.filter);
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.orderBy && message.orderBy.length))
                            message.orderBy = [];
                        message.orderBy.push($root.volley.SortKey.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.type = value;
                        else
                            delete message.type;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return AggregateCall;
    })();

    volley.WindowCall = (function() {

        const WindowCall = function (properties) {
            this.inputs = [];
            this.argumentOrder = [];
            this.partitionBy = [];
            this.orderBy = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        WindowCall.prototype.name = "";
        WindowCall.prototype.inputs = $util.emptyArray;
        WindowCall.prototype.distinct = false;
        WindowCall.prototype.ignoreNulls = false;
        WindowCall.prototype.filter = null;
        WindowCall.prototype.argumentOrder = $util.emptyArray;
        WindowCall.prototype.partitionBy = $util.emptyArray;
        WindowCall.prototype.orderBy = $util.emptyArray;
        WindowCall.prototype.frame = null;
        WindowCall.prototype.type = 0;

        WindowCall.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(10).string(message.name);
            if (message.inputs != null && message.inputs.length)
                for (let i = 0; i < message.inputs.length; ++i)
                    $root.volley.Expression.encode(message.inputs[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.distinct != null && $Object.hasOwnProperty.call(message, "distinct") && message.distinct !== false)
                writer.uint32(24).bool(message.distinct);
            if (message.ignoreNulls != null && $Object.hasOwnProperty.call(message, "ignoreNulls") && message.ignoreNulls !== false)
                writer.uint32(32).bool(message.ignoreNulls);
            if (message.filter != null && $Object.hasOwnProperty.call(message, "filter"))
                $root.volley.Expression.encode(message.filter, writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.argumentOrder != null && message.argumentOrder.length)
                for (let i = 0; i < message.argumentOrder.length; ++i)
                    $root.volley.SortKey.encode(message.argumentOrder[i], writer.uint32(50).fork(), _depth + 1).ldelim();
            if (message.partitionBy != null && message.partitionBy.length)
                for (let i = 0; i < message.partitionBy.length; ++i)
                    $root.volley.Expression.encode(message.partitionBy[i], writer.uint32(58).fork(), _depth + 1).ldelim();
            if (message.orderBy != null && message.orderBy.length)
                for (let i = 0; i < message.orderBy.length; ++i)
                    $root.volley.SortKey.encode(message.orderBy[i], writer.uint32(66).fork(), _depth + 1).ldelim();
            if (message.frame != null && $Object.hasOwnProperty.call(message, "frame"))
                $root.volley.Frame.encode(message.frame, writer.uint32(74).fork(), _depth + 1).ldelim();
            if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                writer.uint32(80).uint32(message.type);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        WindowCall.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.WindowCall();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.inputs && message.inputs.length))
                            message.inputs = [];
                        message.inputs.push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.distinct = value;
                        else
                            delete message.distinct;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.ignoreNulls = value;
                        else
                            delete message.ignoreNulls;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.filter = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.filter);
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if (!(message.argumentOrder && message.argumentOrder.length))
                            message.argumentOrder = [];
                        message.argumentOrder.push($root.volley.SortKey.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if (!(message.partitionBy && message.partitionBy.length))
                            message.partitionBy = [];
                        message.partitionBy.push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if (!(message.orderBy && message.orderBy.length))
                            message.orderBy = [];
                        message.orderBy.push($root.volley.SortKey.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        message.frame = $root.volley.Frame.decode(reader, reader.size(), $undefined, _depth + 1, message.frame);
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.type = value;
                        else
                            delete message.type;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return WindowCall;
    })();

    volley.Frame = (function() {

        const Frame = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Frame.prototype.mode = 0;
        Frame.prototype.start = null;
        Frame.prototype.end = null;
        Frame.prototype.exclude = 0;

        Frame.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.mode != null && $Object.hasOwnProperty.call(message, "mode") && message.mode !== 0)
                writer.uint32(8).int32(message.mode);
            if (message.start != null && $Object.hasOwnProperty.call(message, "start"))
                $root.volley.FrameBound.encode(message.start, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.end != null && $Object.hasOwnProperty.call(message, "end"))
                $root.volley.FrameBound.encode(message.end, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.exclude != null && $Object.hasOwnProperty.call(message, "exclude") && message.exclude !== 0)
                writer.uint32(32).int32(message.exclude);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Frame.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Frame();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.mode = value;
                        else
                            delete message.mode;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.start = $root.volley.FrameBound.decode(reader, reader.size(), $undefined, _depth + 1, message.start);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.end = $root.volley.FrameBound.decode(reader, reader.size(), $undefined, _depth + 1, message.end);
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.exclude = value;
                        else
                            delete message.exclude;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        Frame.Mode = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "UNSPECIFIED"] = 0;
            values[valuesById[1] = "ROWS"] = 1;
            values[valuesById[2] = "RANGE"] = 2;
            values[valuesById[3] = "GROUPS"] = 3;
            return values;
        })();

        Frame.Exclude = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "EXCLUDE_NOTHING"] = 0;
            values[valuesById[1] = "EXCLUDE_CURRENT_ROW"] = 1;
            values[valuesById[2] = "EXCLUDE_GROUP"] = 2;
            values[valuesById[3] = "EXCLUDE_TIES"] = 3;
            return values;
        })();

        return Frame;
    })();

    volley.FrameBound = (function() {

        const FrameBound = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        FrameBound.prototype.unboundedPreceding = null;
        FrameBound.prototype.unboundedFollowing = null;
        FrameBound.prototype.currentRow = null;
        FrameBound.prototype.preceding = null;
        FrameBound.prototype.following = null;

        let $oneOfFields;

        $Object.defineProperty(FrameBound.prototype, "kind", {
            get: $util.oneOfGetter($oneOfFields = ["unboundedPreceding", "unboundedFollowing", "currentRow", "preceding", "following"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        FrameBound.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.unboundedPreceding != null && $Object.hasOwnProperty.call(message, "unboundedPreceding"))
                $root.volley.Nothing.encode(message.unboundedPreceding, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.unboundedFollowing != null && $Object.hasOwnProperty.call(message, "unboundedFollowing"))
                $root.volley.Nothing.encode(message.unboundedFollowing, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.currentRow != null && $Object.hasOwnProperty.call(message, "currentRow"))
                $root.volley.Nothing.encode(message.currentRow, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.preceding != null && $Object.hasOwnProperty.call(message, "preceding"))
                $root.volley.Expression.encode(message.preceding, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.following != null && $Object.hasOwnProperty.call(message, "following"))
                $root.volley.Expression.encode(message.following, writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        FrameBound.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.FrameBound();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.unboundedPreceding = $root.volley.Nothing.decode(reader, reader.size(), $undefined, _depth + 1, message.unboundedPreceding);
                        message.kind = "unboundedPreceding";
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.unboundedFollowing = $root.volley.Nothing.decode(reader, reader.size(), $undefined, _depth + 1, message.unboundedFollowing);
                        message.kind = "unboundedFollowing";
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.currentRow = $root.volley.Nothing.decode(reader, reader.size(), $undefined, _depth + 1, message.currentRow);
                        message.kind = "currentRow";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.preceding = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.preceding);
                        message.kind = "preceding";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.following = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.following);
                        message.kind = "following";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return FrameBound;
    })();

    volley.Relation = (function() {

        const Relation = function (properties) {
            this.types = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Relation.prototype.types = $util.emptyArray;
        Relation.prototype.estimatedRows = null;
        Relation.prototype.scan = null;
        Relation.prototype.tableFunction = null;
        Relation.prototype.values = null;
        Relation.prototype.project = null;
        Relation.prototype.filter = null;
        Relation.prototype.aggregate = null;
        Relation.prototype.join = null;
        Relation.prototype.asofJoin = null;
        Relation.prototype.positionalJoin = null;
        Relation.prototype.sample = null;
        Relation.prototype.sort = null;
        Relation.prototype.distinct = null;
        Relation.prototype.window = null;
        Relation.prototype.unnest = null;
        Relation.prototype.lateralFunction = null;
        Relation.prototype.setOperation = null;
        Relation.prototype["with"] = null;
        Relation.prototype.recursive = null;
        Relation.prototype.shared = null;
        Relation.prototype.input = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(Relation.prototype, "_estimatedRows", {
            get: $util.oneOfGetter($oneOfFields = ["estimatedRows"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        $Object.defineProperty(Relation.prototype, "node", {
            get: $util.oneOfGetter($oneOfFields = ["scan", "tableFunction", "values", "project", "filter", "aggregate", "join", "asofJoin", "positionalJoin", "sample", "sort", "distinct", "window", "unnest", "lateralFunction", "setOperation", "with", "recursive", "shared", "input"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        Relation.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.types != null && message.types.length)
                writer.uint32(10).uint32s(message.types);
            if (message.estimatedRows != null && $Object.hasOwnProperty.call(message, "estimatedRows"))
                writer.uint32(17).double(message.estimatedRows);
            if (message.scan != null && $Object.hasOwnProperty.call(message, "scan"))
                $root.volley.Scan.encode(message.scan, writer.uint32(82).fork(), _depth + 1).ldelim();
            if (message.tableFunction != null && $Object.hasOwnProperty.call(message, "tableFunction"))
                $root.volley.TableFunction.encode(message.tableFunction, writer.uint32(90).fork(), _depth + 1).ldelim();
            if (message.values != null && $Object.hasOwnProperty.call(message, "values"))
                $root.volley.Values.encode(message.values, writer.uint32(98).fork(), _depth + 1).ldelim();
            if (message.project != null && $Object.hasOwnProperty.call(message, "project"))
                $root.volley.Project.encode(message.project, writer.uint32(106).fork(), _depth + 1).ldelim();
            if (message.filter != null && $Object.hasOwnProperty.call(message, "filter"))
                $root.volley.Filter.encode(message.filter, writer.uint32(114).fork(), _depth + 1).ldelim();
            if (message.aggregate != null && $Object.hasOwnProperty.call(message, "aggregate"))
                $root.volley.Aggregate.encode(message.aggregate, writer.uint32(122).fork(), _depth + 1).ldelim();
            if (message.join != null && $Object.hasOwnProperty.call(message, "join"))
                $root.volley.Join.encode(message.join, writer.uint32(130).fork(), _depth + 1).ldelim();
            if (message.asofJoin != null && $Object.hasOwnProperty.call(message, "asofJoin"))
                $root.volley.AsofJoin.encode(message.asofJoin, writer.uint32(138).fork(), _depth + 1).ldelim();
            if (message.positionalJoin != null && $Object.hasOwnProperty.call(message, "positionalJoin"))
                $root.volley.PositionalJoin.encode(message.positionalJoin, writer.uint32(146).fork(), _depth + 1).ldelim();
            if (message.sample != null && $Object.hasOwnProperty.call(message, "sample"))
                $root.volley.Sample.encode(message.sample, writer.uint32(154).fork(), _depth + 1).ldelim();
            if (message.sort != null && $Object.hasOwnProperty.call(message, "sort"))
                $root.volley.Sort.encode(message.sort, writer.uint32(162).fork(), _depth + 1).ldelim();
            if (message.distinct != null && $Object.hasOwnProperty.call(message, "distinct"))
                $root.volley.Distinct.encode(message.distinct, writer.uint32(170).fork(), _depth + 1).ldelim();
            if (message.window != null && $Object.hasOwnProperty.call(message, "window"))
                $root.volley.Window.encode(message.window, writer.uint32(178).fork(), _depth + 1).ldelim();
            if (message.unnest != null && $Object.hasOwnProperty.call(message, "unnest"))
                $root.volley.Unnest.encode(message.unnest, writer.uint32(186).fork(), _depth + 1).ldelim();
            if (message.lateralFunction != null && $Object.hasOwnProperty.call(message, "lateralFunction"))
                $root.volley.LateralFunction.encode(message.lateralFunction, writer.uint32(194).fork(), _depth + 1).ldelim();
            if (message.setOperation != null && $Object.hasOwnProperty.call(message, "setOperation"))
                $root.volley.SetOperation.encode(message.setOperation, writer.uint32(202).fork(), _depth + 1).ldelim();
            if (message["with"] != null && $Object.hasOwnProperty.call(message, "with"))
                $root.volley.With.encode(message["with"], writer.uint32(210).fork(), _depth + 1).ldelim();
            if (message.recursive != null && $Object.hasOwnProperty.call(message, "recursive"))
                $root.volley.Recursive.encode(message.recursive, writer.uint32(218).fork(), _depth + 1).ldelim();
            if (message.shared != null && $Object.hasOwnProperty.call(message, "shared"))
                writer.uint32(224).uint32(message.shared);
            if (message.input != null && $Object.hasOwnProperty.call(message, "input"))
                $root.volley.StageInput.encode(message.input, writer.uint32(234).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Relation.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Relation();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType === 2) {
                            if (!(message.types && message.types.length))
                                message.types = [];
                            reader.uint32s(message.types);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.types && message.types.length))
                            message.types = [];
                        message.types.push(reader.uint32());
                        continue;
                    }
                case 2: {
                        if (wireType !== 1)
                            break;
                        message.estimatedRows = reader.double();
                        message._estimatedRows = "estimatedRows";
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        message.scan = $root.volley.Scan.decode(reader, reader.size(), $undefined, _depth + 1, message.scan);
                        message.node = "scan";
                        continue;
                    }
                case 11: {
                        if (wireType !== 2)
                            break;
                        message.tableFunction = $root.volley.TableFunction.decode(reader, reader.size(), $undefined, _depth + 1, message.tableFunction);
                        message.node = "tableFunction";
                        continue;
                    }
                case 12: {
                        if (wireType !== 2)
                            break;
                        message.values = $root.volley.Values.decode(reader, reader.size(), $undefined, _depth + 1, message.values);
                        message.node = "values";
                        continue;
                    }
                case 13: {
                        if (wireType !== 2)
                            break;
                        message.project = $root.volley.Project.decode(reader, reader.size(), $undefined, _depth + 1, message.project);
                        message.node = "project";
                        continue;
                    }
                case 14: {
                        if (wireType !== 2)
                            break;
                        message.filter = $root.volley.Filter.decode(reader, reader.size(), $undefined, _depth + 1, message.filter);
                        message.node = "filter";
                        continue;
                    }
                case 15: {
                        if (wireType !== 2)
                            break;
                        message.aggregate = $root.volley.Aggregate.decode(reader, reader.size(), $undefined, _depth + 1, message.aggregate);
                        message.node = "aggregate";
                        continue;
                    }
                case 16: {
                        if (wireType !== 2)
                            break;
                        message.join = $root.volley.Join.decode(reader, reader.size(), $undefined, _depth + 1, message.join);
                        message.node = "join";
                        continue;
                    }
                case 17: {
                        if (wireType !== 2)
                            break;
                        message.asofJoin = $root.volley.AsofJoin.decode(reader, reader.size(), $undefined, _depth + 1, message.asofJoin);
                        message.node = "asofJoin";
                        continue;
                    }
                case 18: {
                        if (wireType !== 2)
                            break;
                        message.positionalJoin = $root.volley.PositionalJoin.decode(reader, reader.size(), $undefined, _depth + 1, message.positionalJoin);
                        message.node = "positionalJoin";
                        continue;
                    }
                case 19: {
                        if (wireType !== 2)
                            break;
                        message.sample = $root.volley.Sample.decode(reader, reader.size(), $undefined, _depth + 1, message.sample);
                        message.node = "sample";
                        continue;
                    }
                case 20: {
                        if (wireType !== 2)
                            break;
                        message.sort = $root.volley.Sort.decode(reader, reader.size(), $undefined, _depth + 1, message.sort);
                        message.node = "sort";
                        continue;
                    }
                case 21: {
                        if (wireType !== 2)
                            break;
                        message.distinct = $root.volley.Distinct.decode(reader, reader.size(), $undefined, _depth + 1, message.distinct);
                        message.node = "distinct";
                        continue;
                    }
                case 22: {
                        if (wireType !== 2)
                            break;
                        message.window = $root.volley.Window.decode(reader, reader.size(), $undefined, _depth + 1, message.window);
                        message.node = "window";
                        continue;
                    }
                case 23: {
                        if (wireType !== 2)
                            break;
                        message.unnest = $root.volley.Unnest.decode(reader, reader.size(), $undefined, _depth + 1, message.unnest);
                        message.node = "unnest";
                        continue;
                    }
                case 24: {
                        if (wireType !== 2)
                            break;
                        message.lateralFunction = $root.volley.LateralFunction.decode(reader, reader.size(), $undefined, _depth + 1, message.lateralFunction);
                        message.node = "lateralFunction";
                        continue;
                    }
                case 25: {
                        if (wireType !== 2)
                            break;
                        message.setOperation = $root.volley.SetOperation.decode(reader, reader.size(), $undefined, _depth + 1, message.setOperation);
                        message.node = "setOperation";
                        continue;
                    }
                case 26: {
                        if (wireType !== 2)
                            break;
                        message["with"] = $root.volley.With.decode(reader, reader.size(), $undefined, _depth + 1, message["with"]);
                        message.node = "with";
                        continue;
                    }
                case 27: {
                        if (wireType !== 2)
                            break;
                        message.recursive = $root.volley.Recursive.decode(reader, reader.size(), $undefined, _depth + 1, message.recursive);
                        message.node = "recursive";
                        continue;
                    }
                case 28: {
                        if (wireType !== 0)
                            break;
                        message.shared = reader.uint32();
                        message.node = "shared";
                        continue;
                    }
                case 29: {
                        if (wireType !== 2)
                            break;
                        message.input = $root.volley.StageInput.decode(reader, reader.size(), $undefined, _depth + 1, message.input);
                        message.node = "input";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Relation;
    })();

    volley.Scan = (function() {

        const Scan = function (properties) {
            this.columns = [];
            this.filters = [];
            this.pruning = [];
            this.output = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Scan.prototype.table = 0;
        Scan.prototype.format = null;
        Scan.prototype.columns = $util.emptyArray;
        Scan.prototype.filters = $util.emptyArray;
        Scan.prototype.pruning = $util.emptyArray;
        Scan.prototype.output = $util.emptyArray;

        Scan.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.table != null && $Object.hasOwnProperty.call(message, "table") && message.table !== 0)
                writer.uint32(8).uint32(message.table);
            if (message.format != null && $Object.hasOwnProperty.call(message, "format"))
                $root.volley.ScanFormat.encode(message.format, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.columns != null && message.columns.length)
                for (let i = 0; i < message.columns.length; ++i)
                    $root.volley.ScanColumn.encode(message.columns[i], writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.filters != null && message.filters.length)
                for (let i = 0; i < message.filters.length; ++i)
                    $root.volley.Expression.encode(message.filters[i], writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.pruning != null && message.pruning.length)
                for (let i = 0; i < message.pruning.length; ++i)
                    $root.volley.Expression.encode(message.pruning[i], writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.output != null && message.output.length)
                writer.uint32(50).uint32s(message.output);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Scan.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Scan();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.table = value;
                        else
                            delete message.table;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.format = $root.volley.ScanFormat.decode(reader, reader.size(), $undefined, _depth + 1, message.format);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.columns && message.columns.length))
                            message.columns = [];
                        message.columns.push($root.volley.ScanColumn.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.filters && message.filters.length))
                            message.filters = [];
                        message.filters.push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.pruning && message.pruning.length))
                            message.pruning = [];
                        message.pruning.push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 6: {
                        if (wireType === 2) {
                            if (!(message.output && message.output.length))
                                message.output = [];
                            reader.uint32s(message.output);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.output && message.output.length))
                            message.output = [];
                        message.output.push(reader.uint32());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Scan;
    })();

    volley.ScanFormat = (function() {

        const ScanFormat = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        ScanFormat.prototype.parquet = null;
        ScanFormat.prototype.csv = null;
        ScanFormat.prototype.json = null;

        let $oneOfFields;

        $Object.defineProperty(ScanFormat.prototype, "kind", {
            get: $util.oneOfGetter($oneOfFields = ["parquet", "csv", "json"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        ScanFormat.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.parquet != null && $Object.hasOwnProperty.call(message, "parquet"))
                $root.volley.ParquetFormat.encode(message.parquet, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.csv != null && $Object.hasOwnProperty.call(message, "csv"))
                $root.volley.CsvFormat.encode(message.csv, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.json != null && $Object.hasOwnProperty.call(message, "json"))
                $root.volley.JsonFormat.encode(message.json, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        ScanFormat.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.ScanFormat();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.parquet = $root.volley.ParquetFormat.decode(reader, reader.size(), $undefined, _depth + 1, message.parquet);
                        message.kind = "parquet";
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.csv = $root.volley.CsvFormat.decode(reader, reader.size(), $undefined, _depth + 1, message.csv);
                        message.kind = "csv";
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.json = $root.volley.JsonFormat.decode(reader, reader.size(), $undefined, _depth + 1, message.json);
                        message.kind = "json";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ScanFormat;
    })();

    volley.ParquetFormat = (function() {

        const ParquetFormat = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        ParquetFormat.prototype.unionByName = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(ParquetFormat.prototype, "_unionByName", {
            get: $util.oneOfGetter($oneOfFields = ["unionByName"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        ParquetFormat.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.unionByName != null && $Object.hasOwnProperty.call(message, "unionByName"))
                writer.uint32(8).bool(message.unionByName);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        ParquetFormat.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.ParquetFormat();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.unionByName = reader.bool();
                        message._unionByName = "unionByName";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ParquetFormat;
    })();

    volley.CsvFormat = (function() {

        const CsvFormat = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        CsvFormat.prototype.delimiter = "";
        CsvFormat.prototype.quote = "";
        CsvFormat.prototype.escape = "";
        CsvFormat.prototype.header = false;
        CsvFormat.prototype.nullText = "";

        CsvFormat.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.delimiter != null && $Object.hasOwnProperty.call(message, "delimiter") && message.delimiter !== "")
                writer.uint32(10).string(message.delimiter);
            if (message.quote != null && $Object.hasOwnProperty.call(message, "quote") && message.quote !== "")
                writer.uint32(18).string(message.quote);
            if (message.escape != null && $Object.hasOwnProperty.call(message, "escape") && message.escape !== "")
                writer.uint32(26).string(message.escape);
            if (message.header != null && $Object.hasOwnProperty.call(message, "header") && message.header !== false)
                writer.uint32(32).bool(message.header);
            if (message.nullText != null && $Object.hasOwnProperty.call(message, "nullText") && message.nullText !== "")
                writer.uint32(42).string(message.nullText);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        CsvFormat.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.CsvFormat();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.delimiter = value;
                        else
                            delete message.delimiter;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.quote = value;
                        else
                            delete message.quote;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.escape = value;
                        else
                            delete message.escape;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.header = value;
                        else
                            delete message.header;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.nullText = value;
                        else
                            delete message.nullText;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return CsvFormat;
    })();

    volley.JsonFormat = (function() {

        const JsonFormat = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        JsonFormat.prototype.layout = 0;

        JsonFormat.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.layout != null && $Object.hasOwnProperty.call(message, "layout") && message.layout !== 0)
                writer.uint32(8).int32(message.layout);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        JsonFormat.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.JsonFormat();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.layout = value;
                        else
                            delete message.layout;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        JsonFormat.Layout = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "UNSPECIFIED"] = 0;
            values[valuesById[1] = "ARRAY"] = 1;
            values[valuesById[2] = "NEWLINE_DELIMITED"] = 2;
            return values;
        })();

        return JsonFormat;
    })();

    volley.ScanColumn = (function() {

        const ScanColumn = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        ScanColumn.prototype.type = 0;
        ScanColumn.prototype.table = null;
        ScanColumn.prototype.virtual = null;
        ScanColumn.prototype.none = null;
        ScanColumn.prototype.partition = null;

        let $oneOfFields;

        $Object.defineProperty(ScanColumn.prototype, "kind", {
            get: $util.oneOfGetter($oneOfFields = ["table", "virtual", "none", "partition"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        ScanColumn.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                writer.uint32(8).uint32(message.type);
            if (message.table != null && $Object.hasOwnProperty.call(message, "table"))
                writer.uint32(18).string(message.table);
            if (message.virtual != null && $Object.hasOwnProperty.call(message, "virtual"))
                writer.uint32(24).int32(message.virtual);
            if (message.none != null && $Object.hasOwnProperty.call(message, "none"))
                $root.volley.Nothing.encode(message.none, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.partition != null && $Object.hasOwnProperty.call(message, "partition"))
                writer.uint32(42).string(message.partition);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        ScanColumn.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.ScanColumn();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.type = value;
                        else
                            delete message.type;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.table = reader.stringVerify();
                        message.kind = "table";
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.virtual = reader.int32();
                        message.kind = "virtual";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.none = $root.volley.Nothing.decode(reader, reader.size(), $undefined, _depth + 1, message.none);
                        message.kind = "none";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.partition = reader.stringVerify();
                        message.kind = "partition";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        ScanColumn.VirtualColumn = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "UNSPECIFIED"] = 0;
            values[valuesById[1] = "FILENAME"] = 1;
            values[valuesById[2] = "FILE_ROW_NUMBER"] = 2;
            values[valuesById[3] = "FILE_INDEX"] = 3;
            return values;
        })();

        return ScanColumn;
    })();

    volley.TableFunction = (function() {

        const TableFunction = function (properties) {
            this["arguments"] = [];
            this.output = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        TableFunction.prototype.name = "";
        TableFunction.prototype["arguments"] = $util.emptyArray;
        TableFunction.prototype.columnCount = 0;
        TableFunction.prototype.output = $util.emptyArray;

        TableFunction.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(10).string(message.name);
            if (message["arguments"] != null && message["arguments"].length)
                for (let i = 0; i < message["arguments"].length; ++i)
                    $root.volley.Expression.encode(message["arguments"][i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.columnCount != null && $Object.hasOwnProperty.call(message, "columnCount") && message.columnCount !== 0)
                writer.uint32(24).uint32(message.columnCount);
            if (message.output != null && message.output.length)
                writer.uint32(34).uint32s(message.output);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        TableFunction.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.TableFunction();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message["arguments"] && message["arguments"].length))
                            message["arguments"] = [];
                        message["arguments"].push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.columnCount = value;
                        else
                            delete message.columnCount;
                        continue;
                    }
                case 4: {
                        if (wireType === 2) {
                            if (!(message.output && message.output.length))
                                message.output = [];
                            reader.uint32s(message.output);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.output && message.output.length))
                            message.output = [];
                        message.output.push(reader.uint32());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return TableFunction;
    })();

    volley.Values = (function() {

        const Values = function (properties) {
            this.rows = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Values.prototype.rows = $util.emptyArray;

        Values.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.rows != null && message.rows.length)
                for (let i = 0; i < message.rows.length; ++i)
                    $root.volley.ExpressionList.encode(message.rows[i], writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Values.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Values();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.rows && message.rows.length))
                            message.rows = [];
                        message.rows.push($root.volley.ExpressionList.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Values;
    })();

    volley.Project = (function() {

        const Project = function (properties) {
            this.expressions = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Project.prototype.input = null;
        Project.prototype.expressions = $util.emptyArray;

        Project.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.input != null && $Object.hasOwnProperty.call(message, "input"))
                $root.volley.Relation.encode(message.input, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.expressions != null && message.expressions.length)
                for (let i = 0; i < message.expressions.length; ++i)
                    $root.volley.Expression.encode(message.expressions[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Project.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Project();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.input = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.input);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.expressions && message.expressions.length))
                            message.expressions = [];
                        message.expressions.push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Project;
    })();

    volley.Filter = (function() {

        const Filter = function (properties) {
            this.predicates = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Filter.prototype.input = null;
        Filter.prototype.predicates = $util.emptyArray;

        Filter.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.input != null && $Object.hasOwnProperty.call(message, "input"))
                $root.volley.Relation.encode(message.input, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.predicates != null && message.predicates.length)
                for (let i = 0; i < message.predicates.length; ++i)
                    $root.volley.Expression.encode(message.predicates[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Filter.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Filter();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.input = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.input);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.predicates && message.predicates.length))
                            message.predicates = [];
                        message.predicates.push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Filter;
    })();

    volley.Aggregate = (function() {

        const Aggregate = function (properties) {
            this.groups = [];
            this.groupingSets = [];
            this.aggregates = [];
            this.groupingCalls = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Aggregate.prototype.input = null;
        Aggregate.prototype.groups = $util.emptyArray;
        Aggregate.prototype.groupingSets = $util.emptyArray;
        Aggregate.prototype.aggregates = $util.emptyArray;
        Aggregate.prototype.groupingCalls = $util.emptyArray;

        Aggregate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.input != null && $Object.hasOwnProperty.call(message, "input"))
                $root.volley.Relation.encode(message.input, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.groups != null && message.groups.length)
                for (let i = 0; i < message.groups.length; ++i)
                    $root.volley.Expression.encode(message.groups[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.groupingSets != null && message.groupingSets.length)
                for (let i = 0; i < message.groupingSets.length; ++i)
                    $root.volley.Positions.encode(message.groupingSets[i], writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.aggregates != null && message.aggregates.length)
                for (let i = 0; i < message.aggregates.length; ++i)
                    $root.volley.AggregateCall.encode(message.aggregates[i], writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.groupingCalls != null && message.groupingCalls.length)
                for (let i = 0; i < message.groupingCalls.length; ++i)
                    $root.volley.Positions.encode(message.groupingCalls[i], writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Aggregate.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Aggregate();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.input = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.input);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.groups && message.groups.length))
                            message.groups = [];
                        message.groups.push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.groupingSets && message.groupingSets.length))
                            message.groupingSets = [];
                        message.groupingSets.push($root.volley.Positions.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.aggregates && message.aggregates.length))
                            message.aggregates = [];
                        message.aggregates.push($root.volley.AggregateCall.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.groupingCalls && message.groupingCalls.length))
                            message.groupingCalls = [];
                        message.groupingCalls.push($root.volley.Positions.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Aggregate;
    })();

    volley.Positions = (function() {

        const Positions = function (properties) {
            this.positions = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Positions.prototype.positions = $util.emptyArray;

        Positions.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.positions != null && message.positions.length)
                writer.uint32(10).uint32s(message.positions);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Positions.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Positions();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType === 2) {
                            if (!(message.positions && message.positions.length))
                                message.positions = [];
                            reader.uint32s(message.positions);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.positions && message.positions.length))
                            message.positions = [];
                        message.positions.push(reader.uint32());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Positions;
    })();

    volley.JoinCondition = (function() {

        const JoinCondition = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        JoinCondition.prototype.operator = 0;
        JoinCondition.prototype.left = null;
        JoinCondition.prototype.right = null;

        JoinCondition.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.operator != null && $Object.hasOwnProperty.call(message, "operator") && message.operator !== 0)
                writer.uint32(8).int32(message.operator);
            if (message.left != null && $Object.hasOwnProperty.call(message, "left"))
                $root.volley.Expression.encode(message.left, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.right != null && $Object.hasOwnProperty.call(message, "right"))
                $root.volley.Expression.encode(message.right, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        JoinCondition.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.JoinCondition();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.operator = value;
                        else
                            delete message.operator;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.left = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.left);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.right = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.right);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return JoinCondition;
    })();

    volley.Join = (function() {

        const Join = function (properties) {
            this.conditions = [];
            this.outputLeft = [];
            this.outputRight = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Join.prototype.joinType = 0;
        Join.prototype.left = null;
        Join.prototype.right = null;
        Join.prototype.conditions = $util.emptyArray;
        Join.prototype.residual = null;
        Join.prototype.outputLeft = $util.emptyArray;
        Join.prototype.outputRight = $util.emptyArray;

        Join.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.joinType != null && $Object.hasOwnProperty.call(message, "joinType") && message.joinType !== 0)
                writer.uint32(8).int32(message.joinType);
            if (message.left != null && $Object.hasOwnProperty.call(message, "left"))
                $root.volley.Relation.encode(message.left, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.right != null && $Object.hasOwnProperty.call(message, "right"))
                $root.volley.Relation.encode(message.right, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.conditions != null && message.conditions.length)
                for (let i = 0; i < message.conditions.length; ++i)
                    $root.volley.JoinCondition.encode(message.conditions[i], writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.residual != null && $Object.hasOwnProperty.call(message, "residual"))
                $root.volley.Expression.encode(message.residual, writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.outputLeft != null && message.outputLeft.length)
                writer.uint32(50).uint32s(message.outputLeft);
            if (message.outputRight != null && message.outputRight.length)
                writer.uint32(58).uint32s(message.outputRight);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Join.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Join();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.joinType = value;
                        else
                            delete message.joinType;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.left = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.left);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.right = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.right);
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.conditions && message.conditions.length))
                            message.conditions = [];
                        message.conditions.push($root.volley.JoinCondition.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.residual = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.residual);
                        continue;
                    }
                case 6: {
                        if (wireType === 2) {
                            if (!(message.outputLeft && message.outputLeft.length))
                                message.outputLeft = [];
                            reader.uint32s(message.outputLeft);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.outputLeft && message.outputLeft.length))
                            message.outputLeft = [];
                        message.outputLeft.push(reader.uint32());
                        continue;
                    }
                case 7: {
                        if (wireType === 2) {
                            if (!(message.outputRight && message.outputRight.length))
                                message.outputRight = [];
                            reader.uint32s(message.outputRight);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.outputRight && message.outputRight.length))
                            message.outputRight = [];
                        message.outputRight.push(reader.uint32());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        Join.Type = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "UNSPECIFIED"] = 0;
            values[valuesById[1] = "INNER"] = 1;
            values[valuesById[2] = "LEFT"] = 2;
            values[valuesById[3] = "RIGHT"] = 3;
            values[valuesById[4] = "FULL"] = 4;
            values[valuesById[5] = "SEMI"] = 5;
            values[valuesById[6] = "ANTI"] = 6;
            values[valuesById[7] = "RIGHT_SEMI"] = 7;
            values[valuesById[8] = "RIGHT_ANTI"] = 8;
            values[valuesById[9] = "MARK"] = 9;
            values[valuesById[10] = "SINGLE"] = 10;
            return values;
        })();

        return Join;
    })();

    volley.AsofJoin = (function() {

        const AsofJoin = function (properties) {
            this.conditions = [];
            this.outputLeft = [];
            this.outputRight = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        AsofJoin.prototype.joinType = 0;
        AsofJoin.prototype.left = null;
        AsofJoin.prototype.right = null;
        AsofJoin.prototype.conditions = $util.emptyArray;
        AsofJoin.prototype.residual = null;
        AsofJoin.prototype.outputLeft = $util.emptyArray;
        AsofJoin.prototype.outputRight = $util.emptyArray;

        AsofJoin.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.joinType != null && $Object.hasOwnProperty.call(message, "joinType") && message.joinType !== 0)
                writer.uint32(8).int32(message.joinType);
            if (message.left != null && $Object.hasOwnProperty.call(message, "left"))
                $root.volley.Relation.encode(message.left, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.right != null && $Object.hasOwnProperty.call(message, "right"))
                $root.volley.Relation.encode(message.right, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.conditions != null && message.conditions.length)
                for (let i = 0; i < message.conditions.length; ++i)
                    $root.volley.JoinCondition.encode(message.conditions[i], writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.residual != null && $Object.hasOwnProperty.call(message, "residual"))
                $root.volley.Expression.encode(message.residual, writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.outputLeft != null && message.outputLeft.length)
                writer.uint32(50).uint32s(message.outputLeft);
            if (message.outputRight != null && message.outputRight.length)
                writer.uint32(58).uint32s(message.outputRight);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        AsofJoin.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.AsofJoin();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.joinType = value;
                        else
                            delete message.joinType;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.left = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.left);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.right = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.right);
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.conditions && message.conditions.length))
                            message.conditions = [];
                        message.conditions.push($root.volley.JoinCondition.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.residual = $root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1, message.residual);
                        continue;
                    }
                case 6: {
                        if (wireType === 2) {
                            if (!(message.outputLeft && message.outputLeft.length))
                                message.outputLeft = [];
                            reader.uint32s(message.outputLeft);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.outputLeft && message.outputLeft.length))
                            message.outputLeft = [];
                        message.outputLeft.push(reader.uint32());
                        continue;
                    }
                case 7: {
                        if (wireType === 2) {
                            if (!(message.outputRight && message.outputRight.length))
                                message.outputRight = [];
                            reader.uint32s(message.outputRight);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.outputRight && message.outputRight.length))
                            message.outputRight = [];
                        message.outputRight.push(reader.uint32());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return AsofJoin;
    })();

    volley.PositionalJoin = (function() {

        const PositionalJoin = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        PositionalJoin.prototype.left = null;
        PositionalJoin.prototype.right = null;

        PositionalJoin.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.left != null && $Object.hasOwnProperty.call(message, "left"))
                $root.volley.Relation.encode(message.left, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.right != null && $Object.hasOwnProperty.call(message, "right"))
                $root.volley.Relation.encode(message.right, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        PositionalJoin.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.PositionalJoin();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.left = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.left);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.right = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.right);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return PositionalJoin;
    })();

    volley.Sample = (function() {

        const Sample = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Sample.prototype.input = null;
        Sample.prototype.method = 0;
        Sample.prototype.percent = null;
        Sample.prototype.rows = null;
        Sample.prototype.seed = null;

        let $oneOfFields;

        $Object.defineProperty(Sample.prototype, "size", {
            get: $util.oneOfGetter($oneOfFields = ["percent", "rows"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(Sample.prototype, "_seed", {
            get: $util.oneOfGetter($oneOfFields = ["seed"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        Sample.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.input != null && $Object.hasOwnProperty.call(message, "input"))
                $root.volley.Relation.encode(message.input, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.method != null && $Object.hasOwnProperty.call(message, "method") && message.method !== 0)
                writer.uint32(16).int32(message.method);
            if (message.percent != null && $Object.hasOwnProperty.call(message, "percent"))
                writer.uint32(25).double(message.percent);
            if (message.rows != null && $Object.hasOwnProperty.call(message, "rows"))
                writer.uint32(32).uint64(message.rows);
            if (message.seed != null && $Object.hasOwnProperty.call(message, "seed"))
                writer.uint32(40).sint64(message.seed);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Sample.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Sample();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.input = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.input);
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.method = value;
                        else
                            delete message.method;
                        continue;
                    }
                case 3: {
                        if (wireType !== 1)
                            break;
                        message.percent = reader.double();
                        message.size = "percent";
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.rows = reader.uint64();
                        message.size = "rows";
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message.seed = reader.sint64();
                        message._seed = "seed";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        Sample.Method = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "UNSPECIFIED"] = 0;
            values[valuesById[1] = "SYSTEM"] = 1;
            values[valuesById[2] = "BERNOULLI"] = 2;
            values[valuesById[3] = "RESERVOIR"] = 3;
            return values;
        })();

        return Sample;
    })();

    volley.Sort = (function() {

        const Sort = function (properties) {
            this.keys = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Sort.prototype.input = null;
        Sort.prototype.keys = $util.emptyArray;
        Sort.prototype.limit = null;
        Sort.prototype.offset = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(Sort.prototype, "_limit", {
            get: $util.oneOfGetter($oneOfFields = ["limit"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(Sort.prototype, "_offset", {
            get: $util.oneOfGetter($oneOfFields = ["offset"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        Sort.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.input != null && $Object.hasOwnProperty.call(message, "input"))
                $root.volley.Relation.encode(message.input, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.keys != null && message.keys.length)
                for (let i = 0; i < message.keys.length; ++i)
                    $root.volley.SortKey.encode(message.keys[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.limit != null && $Object.hasOwnProperty.call(message, "limit"))
                writer.uint32(24).uint64(message.limit);
            if (message.offset != null && $Object.hasOwnProperty.call(message, "offset"))
                writer.uint32(32).uint64(message.offset);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Sort.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Sort();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.input = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.input);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.keys && message.keys.length))
                            message.keys = [];
                        message.keys.push($root.volley.SortKey.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.limit = reader.uint64();
                        message._limit = "limit";
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.offset = reader.uint64();
                        message._offset = "offset";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Sort;
    })();

    volley.Distinct = (function() {

        const Distinct = function (properties) {
            this.orderBy = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Distinct.prototype.input = null;
        Distinct.prototype.on = null;
        Distinct.prototype.orderBy = $util.emptyArray;

        Distinct.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.input != null && $Object.hasOwnProperty.call(message, "input"))
                $root.volley.Relation.encode(message.input, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.on != null && $Object.hasOwnProperty.call(message, "on"))
                $root.volley.ExpressionList.encode(message.on, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.orderBy != null && message.orderBy.length)
                for (let i = 0; i < message.orderBy.length; ++i)
                    $root.volley.SortKey.encode(message.orderBy[i], writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Distinct.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Distinct();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.input = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.input);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.on = $root.volley.ExpressionList.decode(reader, reader.size(), $undefined, _depth + 1, message.on);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.orderBy && message.orderBy.length))
                            message.orderBy = [];
                        message.orderBy.push($root.volley.SortKey.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Distinct;
    })();

    volley.Window = (function() {

        const Window = function (properties) {
            this.calls = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Window.prototype.input = null;
        Window.prototype.calls = $util.emptyArray;

        Window.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.input != null && $Object.hasOwnProperty.call(message, "input"))
                $root.volley.Relation.encode(message.input, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.calls != null && message.calls.length)
                for (let i = 0; i < message.calls.length; ++i)
                    $root.volley.WindowCall.encode(message.calls[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Window.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Window();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.input = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.input);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.calls && message.calls.length))
                            message.calls = [];
                        message.calls.push($root.volley.WindowCall.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Window;
    })();

    volley.Unnest = (function() {

        const Unnest = function (properties) {
            this.lists = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Unnest.prototype.input = null;
        Unnest.prototype.lists = $util.emptyArray;

        Unnest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.input != null && $Object.hasOwnProperty.call(message, "input"))
                $root.volley.Relation.encode(message.input, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.lists != null && message.lists.length)
                for (let i = 0; i < message.lists.length; ++i)
                    $root.volley.Expression.encode(message.lists[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Unnest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Unnest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.input = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.input);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.lists && message.lists.length))
                            message.lists = [];
                        message.lists.push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Unnest;
    })();

    volley.LateralFunction = (function() {

        const LateralFunction = function (properties) {
            this["arguments"] = [];
            this.output = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        LateralFunction.prototype.input = null;
        LateralFunction.prototype.name = "";
        LateralFunction.prototype["arguments"] = $util.emptyArray;
        LateralFunction.prototype.columnCount = 0;
        LateralFunction.prototype.output = $util.emptyArray;

        LateralFunction.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.input != null && $Object.hasOwnProperty.call(message, "input"))
                $root.volley.Relation.encode(message.input, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(18).string(message.name);
            if (message["arguments"] != null && message["arguments"].length)
                for (let i = 0; i < message["arguments"].length; ++i)
                    $root.volley.Expression.encode(message["arguments"][i], writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.columnCount != null && $Object.hasOwnProperty.call(message, "columnCount") && message.columnCount !== 0)
                writer.uint32(32).uint32(message.columnCount);
            if (message.output != null && message.output.length)
                writer.uint32(42).uint32s(message.output);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        LateralFunction.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.LateralFunction();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.input = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.input);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message["arguments"] && message["arguments"].length))
                            message["arguments"] = [];
                        message["arguments"].push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.columnCount = value;
                        else
                            delete message.columnCount;
                        continue;
                    }
                case 5: {
                        if (wireType === 2) {
                            if (!(message.output && message.output.length))
                                message.output = [];
                            reader.uint32s(message.output);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.output && message.output.length))
                            message.output = [];
                        message.output.push(reader.uint32());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return LateralFunction;
    })();

    volley.SetOperation = (function() {

        const SetOperation = function (properties) {
            this.inputs = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        SetOperation.prototype.operation = 0;
        SetOperation.prototype.all = false;
        SetOperation.prototype.inputs = $util.emptyArray;

        SetOperation.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.operation != null && $Object.hasOwnProperty.call(message, "operation") && message.operation !== 0)
                writer.uint32(8).int32(message.operation);
            if (message.all != null && $Object.hasOwnProperty.call(message, "all") && message.all !== false)
                writer.uint32(16).bool(message.all);
            if (message.inputs != null && message.inputs.length)
                for (let i = 0; i < message.inputs.length; ++i)
                    $root.volley.Relation.encode(message.inputs[i], writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        SetOperation.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.SetOperation();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.operation = value;
                        else
                            delete message.operation;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.all = value;
                        else
                            delete message.all;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.inputs && message.inputs.length))
                            message.inputs = [];
                        message.inputs.push($root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        SetOperation.Operation = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "UNSPECIFIED"] = 0;
            values[valuesById[1] = "UNION"] = 1;
            values[valuesById[2] = "EXCEPT"] = 2;
            values[valuesById[3] = "INTERSECT"] = 3;
            return values;
        })();

        return SetOperation;
    })();

    volley.With = (function() {

        const With = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        With.prototype.id = 0;
        With.prototype.definition = null;
        With.prototype.body = null;

        With.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                writer.uint32(8).uint32(message.id);
            if (message.definition != null && $Object.hasOwnProperty.call(message, "definition"))
                $root.volley.Relation.encode(message.definition, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.body != null && $Object.hasOwnProperty.call(message, "body"))
                $root.volley.Relation.encode(message.body, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        With.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.With();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.definition = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.definition);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.body = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.body);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return With;
    })();

    volley.Recursive = (function() {

        const Recursive = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Recursive.prototype.id = 0;
        Recursive.prototype.all = false;
        Recursive.prototype.anchor = null;
        Recursive.prototype.step = null;

        Recursive.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                writer.uint32(8).uint32(message.id);
            if (message.all != null && $Object.hasOwnProperty.call(message, "all") && message.all !== false)
                writer.uint32(16).bool(message.all);
            if (message.anchor != null && $Object.hasOwnProperty.call(message, "anchor"))
                $root.volley.Relation.encode(message.anchor, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.step != null && $Object.hasOwnProperty.call(message, "step"))
                $root.volley.Relation.encode(message.step, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Recursive.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Recursive();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.all = value;
                        else
                            delete message.all;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.anchor = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.anchor);
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.step = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.step);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Recursive;
    })();

    volley.StageInput = (function() {

        const StageInput = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        StageInput.prototype.stage = 0;
        StageInput.prototype.mode = 0;

        StageInput.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.stage != null && $Object.hasOwnProperty.call(message, "stage") && message.stage !== 0)
                writer.uint32(8).uint32(message.stage);
            if (message.mode != null && $Object.hasOwnProperty.call(message, "mode") && message.mode !== 0)
                writer.uint32(16).int32(message.mode);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        StageInput.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.StageInput();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.stage = value;
                        else
                            delete message.stage;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.mode = value;
                        else
                            delete message.mode;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        StageInput.Mode = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "UNSPECIFIED"] = 0;
            values[valuesById[1] = "PARTITION"] = 1;
            values[valuesById[2] = "ALL"] = 2;
            values[valuesById[3] = "FORWARD"] = 3;
            values[valuesById[4] = "COMBINE"] = 4;
            return values;
        })();

        return StageInput;
    })();

    volley.ObjectIdentity = (function() {

        const ObjectIdentity = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        ObjectIdentity.prototype.sizeBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        ObjectIdentity.prototype.version = "";

        ObjectIdentity.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.sizeBytes != null && $Object.hasOwnProperty.call(message, "sizeBytes") && (typeof message.sizeBytes === "object" ? message.sizeBytes.low || message.sizeBytes.high : message.sizeBytes !== 0))
                writer.uint32(8).uint64(message.sizeBytes);
            if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                writer.uint32(18).string(message.version);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        ObjectIdentity.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.ObjectIdentity();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.sizeBytes = value;
                        else
                            delete message.sizeBytes;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.version = value;
                        else
                            delete message.version;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ObjectIdentity;
    })();

    volley.InputFile = (function() {

        const InputFile = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        InputFile.prototype.location = "";
        InputFile.prototype.identity = null;

        InputFile.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.location != null && $Object.hasOwnProperty.call(message, "location") && message.location !== "")
                writer.uint32(10).string(message.location);
            if (message.identity != null && $Object.hasOwnProperty.call(message, "identity"))
                $root.volley.ObjectIdentity.encode(message.identity, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        InputFile.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.InputFile();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.location = value;
                        else
                            delete message.location;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.identity = $root.volley.ObjectIdentity.decode(reader, reader.size(), $undefined, _depth + 1, message.identity);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return InputFile;
    })();

    volley.NamedColumn = (function() {

        const NamedColumn = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        NamedColumn.prototype.name = "";
        NamedColumn.prototype.type = 0;

        NamedColumn.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(10).string(message.name);
            if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                writer.uint32(16).uint32(message.type);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        NamedColumn.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.NamedColumn();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.type = value;
                        else
                            delete message.type;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return NamedColumn;
    })();

    volley.PlanTable = (function() {

        const PlanTable = function (properties) {
            this.files = [];
            this.columns = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        PlanTable.prototype.name = "";
        PlanTable.prototype.files = $util.emptyArray;
        PlanTable.prototype.columns = $util.emptyArray;

        PlanTable.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(10).string(message.name);
            if (message.files != null && message.files.length)
                for (let i = 0; i < message.files.length; ++i)
                    $root.volley.InputFile.encode(message.files[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.columns != null && message.columns.length)
                for (let i = 0; i < message.columns.length; ++i)
                    $root.volley.NamedColumn.encode(message.columns[i], writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        PlanTable.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.PlanTable();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.files && message.files.length))
                            message.files = [];
                        message.files.push($root.volley.InputFile.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.columns && message.columns.length))
                            message.columns = [];
                        message.columns.push($root.volley.NamedColumn.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return PlanTable;
    })();

    volley.Split = (function() {

        const Split = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Split.prototype.file = 0;
        Split.prototype.rows = null;
        Split.prototype.sizeBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        Split.prototype.rowCount = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(Split.prototype, "_rowCount", {
            get: $util.oneOfGetter($oneOfFields = ["rowCount"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        Split.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.file != null && $Object.hasOwnProperty.call(message, "file") && message.file !== 0)
                writer.uint32(8).uint32(message.file);
            if (message.rows != null && $Object.hasOwnProperty.call(message, "rows"))
                $root.volley.RowRange.encode(message.rows, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.sizeBytes != null && $Object.hasOwnProperty.call(message, "sizeBytes") && (typeof message.sizeBytes === "object" ? message.sizeBytes.low || message.sizeBytes.high : message.sizeBytes !== 0))
                writer.uint32(24).uint64(message.sizeBytes);
            if (message.rowCount != null && $Object.hasOwnProperty.call(message, "rowCount"))
                writer.uint32(32).uint64(message.rowCount);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Split.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Split();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.file = value;
                        else
                            delete message.file;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.rows = $root.volley.RowRange.decode(reader, reader.size(), $undefined, _depth + 1, message.rows);
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.sizeBytes = value;
                        else
                            delete message.sizeBytes;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.rowCount = reader.uint64();
                        message._rowCount = "rowCount";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Split;
    })();

    volley.RowRange = (function() {

        const RowRange = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        RowRange.prototype.start = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        RowRange.prototype.end = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        RowRange.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.start != null && $Object.hasOwnProperty.call(message, "start") && (typeof message.start === "object" ? message.start.low || message.start.high : message.start !== 0))
                writer.uint32(8).uint64(message.start);
            if (message.end != null && $Object.hasOwnProperty.call(message, "end") && (typeof message.end === "object" ? message.end.low || message.end.high : message.end !== 0))
                writer.uint32(16).uint64(message.end);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        RowRange.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.RowRange();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.start = value;
                        else
                            delete message.start;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.end = value;
                        else
                            delete message.end;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return RowRange;
    })();

    volley.SplitList = (function() {

        const SplitList = function (properties) {
            this.splits = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        SplitList.prototype.splits = $util.emptyArray;

        SplitList.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.splits != null && message.splits.length)
                for (let i = 0; i < message.splits.length; ++i)
                    $root.volley.Split.encode(message.splits[i], writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        SplitList.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.SplitList();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.splits && message.splits.length))
                            message.splits = [];
                        message.splits.push($root.volley.Split.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return SplitList;
    })();

    volley.StageOutput = (function() {

        const StageOutput = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        StageOutput.prototype.hash = null;
        StageOutput.prototype.single = null;
        StageOutput.prototype.result = null;
        StageOutput.prototype.combined = null;

        let $oneOfFields;

        $Object.defineProperty(StageOutput.prototype, "kind", {
            get: $util.oneOfGetter($oneOfFields = ["hash", "single", "result", "combined"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        StageOutput.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.hash != null && $Object.hasOwnProperty.call(message, "hash"))
                $root.volley.HashOutput.encode(message.hash, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.single != null && $Object.hasOwnProperty.call(message, "single"))
                $root.volley.Nothing.encode(message.single, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.result != null && $Object.hasOwnProperty.call(message, "result"))
                $root.volley.Nothing.encode(message.result, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.combined != null && $Object.hasOwnProperty.call(message, "combined"))
                $root.volley.CombinedOutput.encode(message.combined, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        StageOutput.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.StageOutput();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.hash = $root.volley.HashOutput.decode(reader, reader.size(), $undefined, _depth + 1, message.hash);
                        message.kind = "hash";
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.single = $root.volley.Nothing.decode(reader, reader.size(), $undefined, _depth + 1, message.single);
                        message.kind = "single";
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.result = $root.volley.Nothing.decode(reader, reader.size(), $undefined, _depth + 1, message.result);
                        message.kind = "result";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.combined = $root.volley.CombinedOutput.decode(reader, reader.size(), $undefined, _depth + 1, message.combined);
                        message.kind = "combined";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return StageOutput;
    })();

    volley.HashOutput = (function() {

        const HashOutput = function (properties) {
            this.keys = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        HashOutput.prototype.keys = $util.emptyArray;
        HashOutput.prototype.partitions = 0;
        HashOutput.prototype.blocks = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(HashOutput.prototype, "_blocks", {
            get: $util.oneOfGetter($oneOfFields = ["blocks"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        HashOutput.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.keys != null && message.keys.length)
                for (let i = 0; i < message.keys.length; ++i)
                    $root.volley.Expression.encode(message.keys[i], writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.partitions != null && $Object.hasOwnProperty.call(message, "partitions") && message.partitions !== 0)
                writer.uint32(16).uint32(message.partitions);
            if (message.blocks != null && $Object.hasOwnProperty.call(message, "blocks"))
                writer.uint32(24).uint32(message.blocks);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        HashOutput.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.HashOutput();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.keys && message.keys.length))
                            message.keys = [];
                        message.keys.push($root.volley.Expression.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.partitions = value;
                        else
                            delete message.partitions;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.blocks = reader.uint32();
                        message._blocks = "blocks";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return HashOutput;
    })();

    volley.CombinedOutput = (function() {

        const CombinedOutput = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        CombinedOutput.prototype.partitions = 0;
        CombinedOutput.prototype.producers = 0;
        CombinedOutput.prototype.producerBlocks = 0;
        CombinedOutput.prototype.partitionBlocks = 0;

        CombinedOutput.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.partitions != null && $Object.hasOwnProperty.call(message, "partitions") && message.partitions !== 0)
                writer.uint32(8).uint32(message.partitions);
            if (message.producers != null && $Object.hasOwnProperty.call(message, "producers") && message.producers !== 0)
                writer.uint32(16).uint32(message.producers);
            if (message.producerBlocks != null && $Object.hasOwnProperty.call(message, "producerBlocks") && message.producerBlocks !== 0)
                writer.uint32(24).uint32(message.producerBlocks);
            if (message.partitionBlocks != null && $Object.hasOwnProperty.call(message, "partitionBlocks") && message.partitionBlocks !== 0)
                writer.uint32(32).uint32(message.partitionBlocks);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        CombinedOutput.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.CombinedOutput();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.partitions = value;
                        else
                            delete message.partitions;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.producers = value;
                        else
                            delete message.producers;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.producerBlocks = value;
                        else
                            delete message.producerBlocks;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.partitionBlocks = value;
                        else
                            delete message.partitionBlocks;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return CombinedOutput;
    })();

    volley.StageScan = (function() {

        const StageScan = function (properties) {
            this.tasks = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        StageScan.prototype.table = 0;
        StageScan.prototype.tasks = $util.emptyArray;

        StageScan.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.table != null && $Object.hasOwnProperty.call(message, "table") && message.table !== 0)
                writer.uint32(8).uint32(message.table);
            if (message.tasks != null && message.tasks.length)
                for (let i = 0; i < message.tasks.length; ++i)
                    $root.volley.SplitList.encode(message.tasks[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        StageScan.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.StageScan();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.table = value;
                        else
                            delete message.table;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.tasks && message.tasks.length))
                            message.tasks = [];
                        message.tasks.push($root.volley.SplitList.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return StageScan;
    })();

    volley.Stage = (function() {

        const Stage = function (properties) {
            this.scans = [];
            this.dependsOn = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Stage.prototype.id = 0;
        Stage.prototype.root = null;
        Stage.prototype.taskCount = 0;
        Stage.prototype.scans = $util.emptyArray;
        Stage.prototype.output = null;
        Stage.prototype.dependsOn = $util.emptyArray;
        Stage.prototype.threads = 0;
        Stage.prototype.shuffleCompression = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(Stage.prototype, "_shuffleCompression", {
            get: $util.oneOfGetter($oneOfFields = ["shuffleCompression"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        Stage.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                writer.uint32(8).uint32(message.id);
            if (message.root != null && $Object.hasOwnProperty.call(message, "root"))
                $root.volley.Relation.encode(message.root, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.taskCount != null && $Object.hasOwnProperty.call(message, "taskCount") && message.taskCount !== 0)
                writer.uint32(24).uint32(message.taskCount);
            if (message.scans != null && message.scans.length)
                for (let i = 0; i < message.scans.length; ++i)
                    $root.volley.StageScan.encode(message.scans[i], writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.output != null && $Object.hasOwnProperty.call(message, "output"))
                $root.volley.StageOutput.encode(message.output, writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.dependsOn != null && message.dependsOn.length)
                writer.uint32(50).uint32s(message.dependsOn);
            if (message.threads != null && $Object.hasOwnProperty.call(message, "threads") && message.threads !== 0)
                writer.uint32(56).uint32(message.threads);
            if (message.shuffleCompression != null && $Object.hasOwnProperty.call(message, "shuffleCompression"))
                writer.uint32(64).int32(message.shuffleCompression);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Stage.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Stage();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.root = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.root);
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.taskCount = value;
                        else
                            delete message.taskCount;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.scans && message.scans.length))
                            message.scans = [];
                        message.scans.push($root.volley.StageScan.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.output = $root.volley.StageOutput.decode(reader, reader.size(), $undefined, _depth + 1, message.output);
                        continue;
                    }
                case 6: {
                        if (wireType === 2) {
                            if (!(message.dependsOn && message.dependsOn.length))
                                message.dependsOn = [];
                            reader.uint32s(message.dependsOn);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.dependsOn && message.dependsOn.length))
                            message.dependsOn = [];
                        message.dependsOn.push(reader.uint32());
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.threads = value;
                        else
                            delete message.threads;
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        message.shuffleCompression = reader.int32();
                        message._shuffleCompression = "shuffleCompression";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        Stage.ShuffleCompression = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "UNSPECIFIED"] = 0;
            values[valuesById[1] = "LZ4_FRAME"] = 1;
            return values;
        })();

        return Stage;
    })();

    volley.StageGraph = (function() {

        const StageGraph = function (properties) {
            this.types = [];
            this.tables = [];
            this.stages = [];
            this.columns = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        StageGraph.prototype.header = null;
        StageGraph.prototype.types = $util.emptyArray;
        StageGraph.prototype.tables = $util.emptyArray;
        StageGraph.prototype.stages = $util.emptyArray;
        StageGraph.prototype.columns = $util.emptyArray;
        StageGraph.prototype.timeZone = "";
        StageGraph.prototype.singleTaskReason = null;
        StageGraph.prototype.keyPrefixes = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(StageGraph.prototype, "_singleTaskReason", {
            get: $util.oneOfGetter($oneOfFields = ["singleTaskReason"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(StageGraph.prototype, "_keyPrefixes", {
            get: $util.oneOfGetter($oneOfFields = ["keyPrefixes"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        StageGraph.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.header != null && $Object.hasOwnProperty.call(message, "header"))
                $root.volley.Header.encode(message.header, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.types != null && message.types.length)
                for (let i = 0; i < message.types.length; ++i)
                    $root.volley.DataType.encode(message.types[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.tables != null && message.tables.length)
                for (let i = 0; i < message.tables.length; ++i)
                    $root.volley.PlanTable.encode(message.tables[i], writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.stages != null && message.stages.length)
                for (let i = 0; i < message.stages.length; ++i)
                    $root.volley.Stage.encode(message.stages[i], writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.columns != null && message.columns.length)
                for (let i = 0; i < message.columns.length; ++i)
                    $root.volley.NamedColumn.encode(message.columns[i], writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.timeZone != null && $Object.hasOwnProperty.call(message, "timeZone") && message.timeZone !== "")
                writer.uint32(50).string(message.timeZone);
            if (message.singleTaskReason != null && $Object.hasOwnProperty.call(message, "singleTaskReason"))
                writer.uint32(58).string(message.singleTaskReason);
            if (message.keyPrefixes != null && $Object.hasOwnProperty.call(message, "keyPrefixes"))
                writer.uint32(64).uint32(message.keyPrefixes);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        StageGraph.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.StageGraph();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.header = $root.volley.Header.decode(reader, reader.size(), $undefined, _depth + 1, message.header);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.types && message.types.length))
                            message.types = [];
                        message.types.push($root.volley.DataType.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.tables && message.tables.length))
                            message.tables = [];
                        message.tables.push($root.volley.PlanTable.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.stages && message.stages.length))
                            message.stages = [];
                        message.stages.push($root.volley.Stage.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.columns && message.columns.length))
                            message.columns = [];
                        message.columns.push($root.volley.NamedColumn.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.timeZone = value;
                        else
                            delete message.timeZone;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.singleTaskReason = reader.stringVerify();
                        message._singleTaskReason = "singleTaskReason";
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        message.keyPrefixes = reader.uint32();
                        message._keyPrefixes = "keyPrefixes";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return StageGraph;
    })();

    volley.LogicalPlan = (function() {

        const LogicalPlan = function (properties) {
            this.types = [];
            this.tables = [];
            this.columns = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        LogicalPlan.prototype.header = null;
        LogicalPlan.prototype.types = $util.emptyArray;
        LogicalPlan.prototype.tables = $util.emptyArray;
        LogicalPlan.prototype.root = null;
        LogicalPlan.prototype.columns = $util.emptyArray;
        LogicalPlan.prototype.timeZone = "";

        LogicalPlan.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.header != null && $Object.hasOwnProperty.call(message, "header"))
                $root.volley.Header.encode(message.header, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.types != null && message.types.length)
                for (let i = 0; i < message.types.length; ++i)
                    $root.volley.DataType.encode(message.types[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.tables != null && message.tables.length)
                for (let i = 0; i < message.tables.length; ++i)
                    $root.volley.PlanTable.encode(message.tables[i], writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.root != null && $Object.hasOwnProperty.call(message, "root"))
                $root.volley.Relation.encode(message.root, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.columns != null && message.columns.length)
                for (let i = 0; i < message.columns.length; ++i)
                    $root.volley.NamedColumn.encode(message.columns[i], writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.timeZone != null && $Object.hasOwnProperty.call(message, "timeZone") && message.timeZone !== "")
                writer.uint32(50).string(message.timeZone);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        LogicalPlan.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.LogicalPlan();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.header = $root.volley.Header.decode(reader, reader.size(), $undefined, _depth + 1, message.header);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.types && message.types.length))
                            message.types = [];
                        message.types.push($root.volley.DataType.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.tables && message.tables.length))
                            message.tables = [];
                        message.tables.push($root.volley.PlanTable.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.root = $root.volley.Relation.decode(reader, reader.size(), $undefined, _depth + 1, message.root);
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.columns && message.columns.length))
                            message.columns = [];
                        message.columns.push($root.volley.NamedColumn.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.timeZone = value;
                        else
                            delete message.timeZone;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return LogicalPlan;
    })();

    volley.Task = (function() {

        const Task = function (properties) {
            this.types = [];
            this.tables = [];
            this.splits = [];
            this.inputs = [];
            this.columns = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Task.prototype.header = null;
        Task.prototype.types = $util.emptyArray;
        Task.prototype.job = "";
        Task.prototype.stage = null;
        Task.prototype.index = 0;
        Task.prototype.attempt = "";
        Task.prototype.tables = $util.emptyArray;
        Task.prototype.splits = $util.emptyArray;
        Task.prototype.inputs = $util.emptyArray;
        Task.prototype.outputKey = "";
        Task.prototype.columns = $util.emptyArray;
        Task.prototype.timeZone = "";
        Task.prototype.threads = 0;
        Task.prototype.memoryMib = 0;
        Task.prototype.deadlineMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        Task.prototype.inlineLimitBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        Task.prototype.resultFormat = 0;
        Task.prototype.stageReference = null;

        Task.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.header != null && $Object.hasOwnProperty.call(message, "header"))
                $root.volley.Header.encode(message.header, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.types != null && message.types.length)
                for (let i = 0; i < message.types.length; ++i)
                    $root.volley.DataType.encode(message.types[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.job != null && $Object.hasOwnProperty.call(message, "job") && message.job !== "")
                writer.uint32(26).string(message.job);
            if (message.stage != null && $Object.hasOwnProperty.call(message, "stage"))
                $root.volley.Stage.encode(message.stage, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.index != null && $Object.hasOwnProperty.call(message, "index") && message.index !== 0)
                writer.uint32(40).uint32(message.index);
            if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== "")
                writer.uint32(50).string(message.attempt);
            if (message.tables != null && message.tables.length)
                for (let i = 0; i < message.tables.length; ++i)
                    $root.volley.PlanTable.encode(message.tables[i], writer.uint32(58).fork(), _depth + 1).ldelim();
            if (message.splits != null && message.splits.length)
                for (let i = 0; i < message.splits.length; ++i)
                    $root.volley.TaskSplits.encode(message.splits[i], writer.uint32(66).fork(), _depth + 1).ldelim();
            if (message.inputs != null && message.inputs.length)
                for (let i = 0; i < message.inputs.length; ++i)
                    $root.volley.TaskInput.encode(message.inputs[i], writer.uint32(74).fork(), _depth + 1).ldelim();
            if (message.outputKey != null && $Object.hasOwnProperty.call(message, "outputKey") && message.outputKey !== "")
                writer.uint32(82).string(message.outputKey);
            if (message.columns != null && message.columns.length)
                for (let i = 0; i < message.columns.length; ++i)
                    writer.uint32(90).string(message.columns[i]);
            if (message.timeZone != null && $Object.hasOwnProperty.call(message, "timeZone") && message.timeZone !== "")
                writer.uint32(98).string(message.timeZone);
            if (message.threads != null && $Object.hasOwnProperty.call(message, "threads") && message.threads !== 0)
                writer.uint32(104).uint32(message.threads);
            if (message.memoryMib != null && $Object.hasOwnProperty.call(message, "memoryMib") && message.memoryMib !== 0)
                writer.uint32(112).uint32(message.memoryMib);
            if (message.deadlineMs != null && $Object.hasOwnProperty.call(message, "deadlineMs") && (typeof message.deadlineMs === "object" ? message.deadlineMs.low || message.deadlineMs.high : message.deadlineMs !== 0))
                writer.uint32(120).uint64(message.deadlineMs);
            if (message.inlineLimitBytes != null && $Object.hasOwnProperty.call(message, "inlineLimitBytes") && (typeof message.inlineLimitBytes === "object" ? message.inlineLimitBytes.low || message.inlineLimitBytes.high : message.inlineLimitBytes !== 0))
                writer.uint32(128).uint64(message.inlineLimitBytes);
            if (message.resultFormat != null && $Object.hasOwnProperty.call(message, "resultFormat") && message.resultFormat !== 0)
                writer.uint32(136).int32(message.resultFormat);
            if (message.stageReference != null && $Object.hasOwnProperty.call(message, "stageReference"))
                $root.volley.StageReference.encode(message.stageReference, writer.uint32(202).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Task.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Task();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.header = $root.volley.Header.decode(reader, reader.size(), $undefined, _depth + 1, message.header);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.types && message.types.length))
                            message.types = [];
                        message.types.push($root.volley.DataType.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.job = value;
                        else
                            delete message.job;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.stage = $root.volley.Stage.decode(reader, reader.size(), $undefined, _depth + 1, message.stage);
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.index = value;
                        else
                            delete message.index;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.attempt = value;
                        else
                            delete message.attempt;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if (!(message.tables && message.tables.length))
                            message.tables = [];
                        message.tables.push($root.volley.PlanTable.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if (!(message.splits && message.splits.length))
                            message.splits = [];
                        message.splits.push($root.volley.TaskSplits.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        if (!(message.inputs && message.inputs.length))
                            message.inputs = [];
                        message.inputs.push($root.volley.TaskInput.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.outputKey = value;
                        else
                            delete message.outputKey;
                        continue;
                    }
                case 11: {
                        if (wireType !== 2)
                            break;
                        if (!(message.columns && message.columns.length))
                            message.columns = [];
                        message.columns.push(reader.stringVerify());
                        continue;
                    }
                case 12: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.timeZone = value;
                        else
                            delete message.timeZone;
                        continue;
                    }
                case 13: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.threads = value;
                        else
                            delete message.threads;
                        continue;
                    }
                case 14: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.memoryMib = value;
                        else
                            delete message.memoryMib;
                        continue;
                    }
                case 15: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.deadlineMs = value;
                        else
                            delete message.deadlineMs;
                        continue;
                    }
                case 16: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.inlineLimitBytes = value;
                        else
                            delete message.inlineLimitBytes;
                        continue;
                    }
                case 17: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.resultFormat = value;
                        else
                            delete message.resultFormat;
                        continue;
                    }
                case 25: {
                        if (wireType !== 2)
                            break;
                        message.stageReference = $root.volley.StageReference.decode(reader, reader.size(), $undefined, _depth + 1, message.stageReference);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        Task.ResultFormat = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "UNSPECIFIED"] = 0;
            values[valuesById[1] = "ARROW_STREAM"] = 1;
            values[valuesById[2] = "PARQUET_FILE"] = 2;
            return values;
        })();

        return Task;
    })();

    volley.TaskHead = (function() {

        const TaskHead = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        TaskHead.prototype.header = null;
        TaskHead.prototype.memoryMib = 0;
        TaskHead.prototype.deadlineMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        TaskHead.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.header != null && $Object.hasOwnProperty.call(message, "header"))
                $root.volley.Header.encode(message.header, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.memoryMib != null && $Object.hasOwnProperty.call(message, "memoryMib") && message.memoryMib !== 0)
                writer.uint32(112).uint32(message.memoryMib);
            if (message.deadlineMs != null && $Object.hasOwnProperty.call(message, "deadlineMs") && (typeof message.deadlineMs === "object" ? message.deadlineMs.low || message.deadlineMs.high : message.deadlineMs !== 0))
                writer.uint32(120).uint64(message.deadlineMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        TaskHead.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.TaskHead();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.header = $root.volley.Header.decode(reader, reader.size(), $undefined, _depth + 1, message.header);
                        continue;
                    }
                case 14: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.memoryMib = value;
                        else
                            delete message.memoryMib;
                        continue;
                    }
                case 15: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.deadlineMs = value;
                        else
                            delete message.deadlineMs;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return TaskHead;
    })();

    volley.StageReference = (function() {

        const StageReference = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        StageReference.prototype.key = "";
        StageReference.prototype.sizeBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        StageReference.prototype.sha256 = $util.newBuffer([]);

        StageReference.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                writer.uint32(10).string(message.key);
            if (message.sizeBytes != null && $Object.hasOwnProperty.call(message, "sizeBytes") && (typeof message.sizeBytes === "object" ? message.sizeBytes.low || message.sizeBytes.high : message.sizeBytes !== 0))
                writer.uint32(16).uint64(message.sizeBytes);
            if (message.sha256 != null && $Object.hasOwnProperty.call(message, "sha256") && message.sha256.length)
                writer.uint32(26).bytes(message.sha256);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        StageReference.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.StageReference();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.key = value;
                        else
                            delete message.key;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.sizeBytes = value;
                        else
                            delete message.sizeBytes;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.sha256 = value;
                        else
                            delete message.sha256;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return StageReference;
    })();

    volley.Fragment = (function() {

        const Fragment = function (properties) {
            this.types = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Fragment.prototype.header = null;
        Fragment.prototype.types = $util.emptyArray;
        Fragment.prototype.stage = null;

        Fragment.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.header != null && $Object.hasOwnProperty.call(message, "header"))
                $root.volley.Header.encode(message.header, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.types != null && message.types.length)
                for (let i = 0; i < message.types.length; ++i)
                    $root.volley.DataType.encode(message.types[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.stage != null && $Object.hasOwnProperty.call(message, "stage"))
                $root.volley.Stage.encode(message.stage, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Fragment.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Fragment();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.header = $root.volley.Header.decode(reader, reader.size(), $undefined, _depth + 1, message.header);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.types && message.types.length))
                            message.types = [];
                        message.types.push($root.volley.DataType.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.stage = $root.volley.Stage.decode(reader, reader.size(), $undefined, _depth + 1, message.stage);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Fragment;
    })();

    volley.TaskSplits = (function() {

        const TaskSplits = function (properties) {
            this.splits = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        TaskSplits.prototype.table = 0;
        TaskSplits.prototype.splits = $util.emptyArray;

        TaskSplits.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.table != null && $Object.hasOwnProperty.call(message, "table") && message.table !== 0)
                writer.uint32(8).uint32(message.table);
            if (message.splits != null && message.splits.length)
                for (let i = 0; i < message.splits.length; ++i)
                    $root.volley.Split.encode(message.splits[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        TaskSplits.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.TaskSplits();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.table = value;
                        else
                            delete message.table;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.splits && message.splits.length))
                            message.splits = [];
                        message.splits.push($root.volley.Split.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return TaskSplits;
    })();

    volley.TaskInput = (function() {

        const TaskInput = function (properties) {
            this.producers = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        TaskInput.prototype.stage = 0;
        TaskInput.prototype.producers = $util.emptyArray;
        TaskInput.prototype.index = null;
        TaskInput.prototype.slice = null;

        TaskInput.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.stage != null && $Object.hasOwnProperty.call(message, "stage") && message.stage !== 0)
                writer.uint32(8).uint32(message.stage);
            if (message.producers != null && message.producers.length)
                for (let i = 0; i < message.producers.length; ++i)
                    $root.volley.ProducedObject.encode(message.producers[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.index != null && $Object.hasOwnProperty.call(message, "index"))
                $root.volley.IndexObject.encode(message.index, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.slice != null && $Object.hasOwnProperty.call(message, "slice"))
                $root.volley.InputSlice.encode(message.slice, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        TaskInput.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.TaskInput();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.stage = value;
                        else
                            delete message.stage;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.producers && message.producers.length))
                            message.producers = [];
                        message.producers.push($root.volley.ProducedObject.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.index = $root.volley.IndexObject.decode(reader, reader.size(), $undefined, _depth + 1, message.index);
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.slice = $root.volley.InputSlice.decode(reader, reader.size(), $undefined, _depth + 1, message.slice);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return TaskInput;
    })();

    volley.InputSlice = (function() {

        const InputSlice = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        InputSlice.prototype.firstProducer = 0;
        InputSlice.prototype.rowProducers = 0;
        InputSlice.prototype.firstPartition = 0;

        InputSlice.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.firstProducer != null && $Object.hasOwnProperty.call(message, "firstProducer") && message.firstProducer !== 0)
                writer.uint32(8).uint32(message.firstProducer);
            if (message.rowProducers != null && $Object.hasOwnProperty.call(message, "rowProducers") && message.rowProducers !== 0)
                writer.uint32(16).uint32(message.rowProducers);
            if (message.firstPartition != null && $Object.hasOwnProperty.call(message, "firstPartition") && message.firstPartition !== 0)
                writer.uint32(24).uint32(message.firstPartition);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        InputSlice.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.InputSlice();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.firstProducer = value;
                        else
                            delete message.firstProducer;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.rowProducers = value;
                        else
                            delete message.rowProducers;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.firstPartition = value;
                        else
                            delete message.firstPartition;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return InputSlice;
    })();

    volley.ProducedObject = (function() {

        const ProducedObject = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        ProducedObject.prototype.key = "";
        ProducedObject.prototype.identity = null;
        ProducedObject.prototype.rows = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        ProducedObject.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                writer.uint32(10).string(message.key);
            if (message.identity != null && $Object.hasOwnProperty.call(message, "identity"))
                $root.volley.ObjectIdentity.encode(message.identity, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.rows != null && $Object.hasOwnProperty.call(message, "rows") && (typeof message.rows === "object" ? message.rows.low || message.rows.high : message.rows !== 0))
                writer.uint32(24).uint64(message.rows);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        ProducedObject.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.ProducedObject();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.key = value;
                        else
                            delete message.key;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.identity = $root.volley.ObjectIdentity.decode(reader, reader.size(), $undefined, _depth + 1, message.identity);
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.rows = value;
                        else
                            delete message.rows;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ProducedObject;
    })();

    volley.IndexObject = (function() {

        const IndexObject = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        IndexObject.prototype.key = "";
        IndexObject.prototype.identity = null;

        IndexObject.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                writer.uint32(10).string(message.key);
            if (message.identity != null && $Object.hasOwnProperty.call(message, "identity"))
                $root.volley.ObjectIdentity.encode(message.identity, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        IndexObject.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.IndexObject();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.key = value;
                        else
                            delete message.key;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.identity = $root.volley.ObjectIdentity.decode(reader, reader.size(), $undefined, _depth + 1, message.identity);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return IndexObject;
    })();

    volley.TaskOutcome = (function() {

        const TaskOutcome = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        TaskOutcome.prototype.header = null;
        TaskOutcome.prototype.succeeded = null;
        TaskOutcome.prototype.failed = null;
        TaskOutcome.prototype.throttled = null;
        TaskOutcome.prototype.timedOut = null;
        TaskOutcome.prototype.lost = null;

        let $oneOfFields;

        $Object.defineProperty(TaskOutcome.prototype, "kind", {
            get: $util.oneOfGetter($oneOfFields = ["succeeded", "failed", "throttled", "timedOut", "lost"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        TaskOutcome.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.header != null && $Object.hasOwnProperty.call(message, "header"))
                $root.volley.Header.encode(message.header, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.succeeded != null && $Object.hasOwnProperty.call(message, "succeeded"))
                $root.volley.Succeeded.encode(message.succeeded, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.failed != null && $Object.hasOwnProperty.call(message, "failed"))
                $root.volley.Failed.encode(message.failed, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.throttled != null && $Object.hasOwnProperty.call(message, "throttled"))
                $root.volley.Throttled.encode(message.throttled, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.timedOut != null && $Object.hasOwnProperty.call(message, "timedOut"))
                $root.volley.TimedOut.encode(message.timedOut, writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.lost != null && $Object.hasOwnProperty.call(message, "lost"))
                $root.volley.Lost.encode(message.lost, writer.uint32(50).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        TaskOutcome.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.TaskOutcome();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.header = $root.volley.Header.decode(reader, reader.size(), $undefined, _depth + 1, message.header);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.succeeded = $root.volley.Succeeded.decode(reader, reader.size(), $undefined, _depth + 1, message.succeeded);
                        message.kind = "succeeded";
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.failed = $root.volley.Failed.decode(reader, reader.size(), $undefined, _depth + 1, message.failed);
                        message.kind = "failed";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.throttled = $root.volley.Throttled.decode(reader, reader.size(), $undefined, _depth + 1, message.throttled);
                        message.kind = "throttled";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.timedOut = $root.volley.TimedOut.decode(reader, reader.size(), $undefined, _depth + 1, message.timedOut);
                        message.kind = "timedOut";
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.lost = $root.volley.Lost.decode(reader, reader.size(), $undefined, _depth + 1, message.lost);
                        message.kind = "lost";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return TaskOutcome;
    })();

    volley.Succeeded = (function() {

        const Succeeded = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Succeeded.prototype.output = null;
        Succeeded.prototype.statistics = null;

        Succeeded.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.output != null && $Object.hasOwnProperty.call(message, "output"))
                $root.volley.TaskOutput.encode(message.output, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.statistics != null && $Object.hasOwnProperty.call(message, "statistics"))
                $root.volley.TaskStatistics.encode(message.statistics, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Succeeded.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Succeeded();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.output = $root.volley.TaskOutput.decode(reader, reader.size(), $undefined, _depth + 1, message.output);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.statistics = $root.volley.TaskStatistics.decode(reader, reader.size(), $undefined, _depth + 1, message.statistics);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Succeeded;
    })();

    volley.TaskOutput = (function() {

        const TaskOutput = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        TaskOutput.prototype.object = null;
        TaskOutput.prototype.inline = null;

        let $oneOfFields;

        $Object.defineProperty(TaskOutput.prototype, "kind", {
            get: $util.oneOfGetter($oneOfFields = ["object", "inline"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        TaskOutput.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.object != null && $Object.hasOwnProperty.call(message, "object"))
                $root.volley.ObjectOutput.encode(message.object, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.inline != null && $Object.hasOwnProperty.call(message, "inline"))
                $root.volley.InlineOutput.encode(message.inline, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        TaskOutput.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.TaskOutput();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.object = $root.volley.ObjectOutput.decode(reader, reader.size(), $undefined, _depth + 1, message.object);
                        message.kind = "object";
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.inline = $root.volley.InlineOutput.decode(reader, reader.size(), $undefined, _depth + 1, message.inline);
                        message.kind = "inline";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return TaskOutput;
    })();

    volley.ObjectOutput = (function() {

        const ObjectOutput = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        ObjectOutput.prototype.key = "";
        ObjectOutput.prototype.identity = null;
        ObjectOutput.prototype.rows = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        ObjectOutput.prototype.footer = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(ObjectOutput.prototype, "_footer", {
            get: $util.oneOfGetter($oneOfFields = ["footer"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        ObjectOutput.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                writer.uint32(10).string(message.key);
            if (message.identity != null && $Object.hasOwnProperty.call(message, "identity"))
                $root.volley.ObjectIdentity.encode(message.identity, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.rows != null && $Object.hasOwnProperty.call(message, "rows") && (typeof message.rows === "object" ? message.rows.low || message.rows.high : message.rows !== 0))
                writer.uint32(24).uint64(message.rows);
            if (message.footer != null && $Object.hasOwnProperty.call(message, "footer"))
                writer.uint32(34).bytes(message.footer);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        ObjectOutput.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.ObjectOutput();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.key = value;
                        else
                            delete message.key;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.identity = $root.volley.ObjectIdentity.decode(reader, reader.size(), $undefined, _depth + 1, message.identity);
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.rows = value;
                        else
                            delete message.rows;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.footer = reader.bytes();
                        message._footer = "footer";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ObjectOutput;
    })();

    volley.InlineOutput = (function() {

        const InlineOutput = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        InlineOutput.prototype.bytes = $util.newBuffer([]);
        InlineOutput.prototype.rows = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        InlineOutput.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && message.bytes.length)
                writer.uint32(10).bytes(message.bytes);
            if (message.rows != null && $Object.hasOwnProperty.call(message, "rows") && (typeof message.rows === "object" ? message.rows.low || message.rows.high : message.rows !== 0))
                writer.uint32(16).uint64(message.rows);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        InlineOutput.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.InlineOutput();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.bytes = value;
                        else
                            delete message.bytes;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.rows = value;
                        else
                            delete message.rows;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return InlineOutput;
    })();

    volley.TaskStatistics = (function() {

        const TaskStatistics = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        TaskStatistics.prototype.rowsRead = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        TaskStatistics.prototype.rowsWritten = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        TaskStatistics.prototype.inputBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        TaskStatistics.prototype.shuffleBytesRead = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        TaskStatistics.prototype.shuffleRowsRead = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        TaskStatistics.prototype.bytesWritten = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        TaskStatistics.prototype.cpuMs = 0;
        TaskStatistics.prototype.wallMs = 0;
        TaskStatistics.prototype.requests = null;

        TaskStatistics.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.rowsRead != null && $Object.hasOwnProperty.call(message, "rowsRead") && (typeof message.rowsRead === "object" ? message.rowsRead.low || message.rowsRead.high : message.rowsRead !== 0))
                writer.uint32(8).uint64(message.rowsRead);
            if (message.rowsWritten != null && $Object.hasOwnProperty.call(message, "rowsWritten") && (typeof message.rowsWritten === "object" ? message.rowsWritten.low || message.rowsWritten.high : message.rowsWritten !== 0))
                writer.uint32(16).uint64(message.rowsWritten);
            if (message.inputBytes != null && $Object.hasOwnProperty.call(message, "inputBytes") && (typeof message.inputBytes === "object" ? message.inputBytes.low || message.inputBytes.high : message.inputBytes !== 0))
                writer.uint32(24).uint64(message.inputBytes);
            if (message.shuffleBytesRead != null && $Object.hasOwnProperty.call(message, "shuffleBytesRead") && (typeof message.shuffleBytesRead === "object" ? message.shuffleBytesRead.low || message.shuffleBytesRead.high : message.shuffleBytesRead !== 0))
                writer.uint32(32).uint64(message.shuffleBytesRead);
            if (message.shuffleRowsRead != null && $Object.hasOwnProperty.call(message, "shuffleRowsRead") && (typeof message.shuffleRowsRead === "object" ? message.shuffleRowsRead.low || message.shuffleRowsRead.high : message.shuffleRowsRead !== 0))
                writer.uint32(40).uint64(message.shuffleRowsRead);
            if (message.bytesWritten != null && $Object.hasOwnProperty.call(message, "bytesWritten") && (typeof message.bytesWritten === "object" ? message.bytesWritten.low || message.bytesWritten.high : message.bytesWritten !== 0))
                writer.uint32(48).uint64(message.bytesWritten);
            if (message.cpuMs != null && $Object.hasOwnProperty.call(message, "cpuMs") && !$Object.is(message.cpuMs, 0))
                writer.uint32(57).double(message.cpuMs);
            if (message.wallMs != null && $Object.hasOwnProperty.call(message, "wallMs") && !$Object.is(message.wallMs, 0))
                writer.uint32(65).double(message.wallMs);
            if (message.requests != null && $Object.hasOwnProperty.call(message, "requests"))
                $root.volley.StoreRequests.encode(message.requests, writer.uint32(82).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        TaskStatistics.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.TaskStatistics();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.rowsRead = value;
                        else
                            delete message.rowsRead;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.rowsWritten = value;
                        else
                            delete message.rowsWritten;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.inputBytes = value;
                        else
                            delete message.inputBytes;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.shuffleBytesRead = value;
                        else
                            delete message.shuffleBytesRead;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.shuffleRowsRead = value;
                        else
                            delete message.shuffleRowsRead;
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.bytesWritten = value;
                        else
                            delete message.bytesWritten;
                        continue;
                    }
                case 7: {
                        if (wireType !== 1)
                            break;
                        if (!$Object.is(value = reader.double(), 0))
                            message.cpuMs = value;
                        else
                            delete message.cpuMs;
                        continue;
                    }
                case 8: {
                        if (wireType !== 1)
                            break;
                        if (!$Object.is(value = reader.double(), 0))
                            message.wallMs = value;
                        else
                            delete message.wallMs;
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        message.requests = $root.volley.StoreRequests.decode(reader, reader.size(), $undefined, _depth + 1, message.requests);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return TaskStatistics;
    })();

    volley.StoreRequests = (function() {

        const StoreRequests = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        StoreRequests.prototype.inputs = null;
        StoreRequests.prototype.job = null;

        StoreRequests.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.inputs != null && $Object.hasOwnProperty.call(message, "inputs"))
                $root.volley.RequestCounts.encode(message.inputs, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.job != null && $Object.hasOwnProperty.call(message, "job"))
                $root.volley.RequestCounts.encode(message.job, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        StoreRequests.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.StoreRequests();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.inputs = $root.volley.RequestCounts.decode(reader, reader.size(), $undefined, _depth + 1, message.inputs);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.job = $root.volley.RequestCounts.decode(reader, reader.size(), $undefined, _depth + 1, message.job);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return StoreRequests;
    })();

    volley.RequestCounts = (function() {

        const RequestCounts = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        RequestCounts.prototype.get = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        RequestCounts.prototype.head = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        RequestCounts.prototype.put = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        RequestCounts.prototype.list = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        RequestCounts.prototype["delete"] = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        RequestCounts.prototype.createMultipart = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        RequestCounts.prototype.uploadPart = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        RequestCounts.prototype.completeMultipart = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        RequestCounts.prototype.abortMultipart = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        RequestCounts.prototype.listMultipart = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        RequestCounts.prototype.readBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        RequestCounts.prototype.writtenBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        RequestCounts.prototype.retries = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        RequestCounts.prototype.hedges = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        RequestCounts.prototype.hedgesWon = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        RequestCounts.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.get != null && $Object.hasOwnProperty.call(message, "get") && (typeof message.get === "object" ? message.get.low || message.get.high : message.get !== 0))
                writer.uint32(8).uint64(message.get);
            if (message.head != null && $Object.hasOwnProperty.call(message, "head") && (typeof message.head === "object" ? message.head.low || message.head.high : message.head !== 0))
                writer.uint32(16).uint64(message.head);
            if (message.put != null && $Object.hasOwnProperty.call(message, "put") && (typeof message.put === "object" ? message.put.low || message.put.high : message.put !== 0))
                writer.uint32(24).uint64(message.put);
            if (message.list != null && $Object.hasOwnProperty.call(message, "list") && (typeof message.list === "object" ? message.list.low || message.list.high : message.list !== 0))
                writer.uint32(32).uint64(message.list);
            if (message["delete"] != null && $Object.hasOwnProperty.call(message, "delete") && (typeof message["delete"] === "object" ? message["delete"].low || message["delete"].high : message["delete"] !== 0))
                writer.uint32(40).uint64(message["delete"]);
            if (message.createMultipart != null && $Object.hasOwnProperty.call(message, "createMultipart") && (typeof message.createMultipart === "object" ? message.createMultipart.low || message.createMultipart.high : message.createMultipart !== 0))
                writer.uint32(48).uint64(message.createMultipart);
            if (message.uploadPart != null && $Object.hasOwnProperty.call(message, "uploadPart") && (typeof message.uploadPart === "object" ? message.uploadPart.low || message.uploadPart.high : message.uploadPart !== 0))
                writer.uint32(56).uint64(message.uploadPart);
            if (message.completeMultipart != null && $Object.hasOwnProperty.call(message, "completeMultipart") && (typeof message.completeMultipart === "object" ? message.completeMultipart.low || message.completeMultipart.high : message.completeMultipart !== 0))
                writer.uint32(64).uint64(message.completeMultipart);
            if (message.abortMultipart != null && $Object.hasOwnProperty.call(message, "abortMultipart") && (typeof message.abortMultipart === "object" ? message.abortMultipart.low || message.abortMultipart.high : message.abortMultipart !== 0))
                writer.uint32(72).uint64(message.abortMultipart);
            if (message.listMultipart != null && $Object.hasOwnProperty.call(message, "listMultipart") && (typeof message.listMultipart === "object" ? message.listMultipart.low || message.listMultipart.high : message.listMultipart !== 0))
                writer.uint32(80).uint64(message.listMultipart);
            if (message.readBytes != null && $Object.hasOwnProperty.call(message, "readBytes") && (typeof message.readBytes === "object" ? message.readBytes.low || message.readBytes.high : message.readBytes !== 0))
                writer.uint32(88).uint64(message.readBytes);
            if (message.writtenBytes != null && $Object.hasOwnProperty.call(message, "writtenBytes") && (typeof message.writtenBytes === "object" ? message.writtenBytes.low || message.writtenBytes.high : message.writtenBytes !== 0))
                writer.uint32(96).uint64(message.writtenBytes);
            if (message.retries != null && $Object.hasOwnProperty.call(message, "retries") && (typeof message.retries === "object" ? message.retries.low || message.retries.high : message.retries !== 0))
                writer.uint32(104).uint64(message.retries);
            if (message.hedges != null && $Object.hasOwnProperty.call(message, "hedges") && (typeof message.hedges === "object" ? message.hedges.low || message.hedges.high : message.hedges !== 0))
                writer.uint32(112).uint64(message.hedges);
            if (message.hedgesWon != null && $Object.hasOwnProperty.call(message, "hedgesWon") && (typeof message.hedgesWon === "object" ? message.hedgesWon.low || message.hedgesWon.high : message.hedgesWon !== 0))
                writer.uint32(120).uint64(message.hedgesWon);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        RequestCounts.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.RequestCounts();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.get = value;
                        else
                            delete message.get;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.head = value;
                        else
                            delete message.head;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.put = value;
                        else
                            delete message.put;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.list = value;
                        else
                            delete message.list;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message["delete"] = value;
                        else
                            delete message["delete"];
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.createMultipart = value;
                        else
                            delete message.createMultipart;
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.uploadPart = value;
                        else
                            delete message.uploadPart;
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.completeMultipart = value;
                        else
                            delete message.completeMultipart;
                        continue;
                    }
                case 9: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.abortMultipart = value;
                        else
                            delete message.abortMultipart;
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.listMultipart = value;
                        else
                            delete message.listMultipart;
                        continue;
                    }
                case 11: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.readBytes = value;
                        else
                            delete message.readBytes;
                        continue;
                    }
                case 12: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.writtenBytes = value;
                        else
                            delete message.writtenBytes;
                        continue;
                    }
                case 13: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.retries = value;
                        else
                            delete message.retries;
                        continue;
                    }
                case 14: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.hedges = value;
                        else
                            delete message.hedges;
                        continue;
                    }
                case 15: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.hedgesWon = value;
                        else
                            delete message.hedgesWon;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return RequestCounts;
    })();

    volley.Failed = (function() {

        const Failed = function (properties) {
            this.details = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Failed.prototype.code = "";
        Failed.prototype.message = "";
        Failed.prototype.retryable = false;
        Failed.prototype.details = $util.emptyArray;
        Failed.prototype.requests = null;

        Failed.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                writer.uint32(10).string(message.code);
            if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                writer.uint32(18).string(message.message);
            if (message.retryable != null && $Object.hasOwnProperty.call(message, "retryable") && message.retryable !== false)
                writer.uint32(24).bool(message.retryable);
            if (message.details != null && message.details.length)
                for (let i = 0; i < message.details.length; ++i)
                    $root.volley.Detail.encode(message.details[i], writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.requests != null && $Object.hasOwnProperty.call(message, "requests"))
                $root.volley.StoreRequests.encode(message.requests, writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Failed.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Failed();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.code = value;
                        else
                            delete message.code;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.message = value;
                        else
                            delete message.message;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.retryable = value;
                        else
                            delete message.retryable;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.details && message.details.length))
                            message.details = [];
                        message.details.push($root.volley.Detail.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.requests = $root.volley.StoreRequests.decode(reader, reader.size(), $undefined, _depth + 1, message.requests);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Failed;
    })();

    volley.Throttled = (function() {

        const Throttled = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Throttled.prototype.unavailableReason = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(Throttled.prototype, "_unavailableReason", {
            get: $util.oneOfGetter($oneOfFields = ["unavailableReason"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        Throttled.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.unavailableReason != null && $Object.hasOwnProperty.call(message, "unavailableReason"))
                writer.uint32(10).string(message.unavailableReason);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Throttled.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Throttled();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.unavailableReason = reader.stringVerify();
                        message._unavailableReason = "unavailableReason";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Throttled;
    })();

    volley.TimedOut = (function() {

        const TimedOut = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        TimedOut.prototype.limit = null;
        TimedOut.prototype.requests = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(TimedOut.prototype, "_limit", {
            get: $util.oneOfGetter($oneOfFields = ["limit"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        TimedOut.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.limit != null && $Object.hasOwnProperty.call(message, "limit"))
                writer.uint32(10).string(message.limit);
            if (message.requests != null && $Object.hasOwnProperty.call(message, "requests"))
                $root.volley.StoreRequests.encode(message.requests, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        TimedOut.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.TimedOut();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.limit = reader.stringVerify();
                        message._limit = "limit";
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.requests = $root.volley.StoreRequests.decode(reader, reader.size(), $undefined, _depth + 1, message.requests);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return TimedOut;
    })();

    volley.Detail = (function() {

        const Detail = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Detail.prototype.name = "";
        Detail.prototype.text = null;
        Detail.prototype.number = null;
        Detail.prototype.boolean = null;
        Detail.prototype.texts = null;

        let $oneOfFields;

        $Object.defineProperty(Detail.prototype, "value", {
            get: $util.oneOfGetter($oneOfFields = ["text", "number", "boolean", "texts"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        Detail.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(10).string(message.name);
            if (message.text != null && $Object.hasOwnProperty.call(message, "text"))
                writer.uint32(18).string(message.text);
            if (message.number != null && $Object.hasOwnProperty.call(message, "number"))
                writer.uint32(25).double(message.number);
            if (message.boolean != null && $Object.hasOwnProperty.call(message, "boolean"))
                writer.uint32(32).bool(message.boolean);
            if (message.texts != null && $Object.hasOwnProperty.call(message, "texts"))
                $root.volley.Names.encode(message.texts, writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Detail.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Detail();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.text = reader.stringVerify();
                        message.value = "text";
                        continue;
                    }
                case 3: {
                        if (wireType !== 1)
                            break;
                        message.number = reader.double();
                        message.value = "number";
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.boolean = reader.bool();
                        message.value = "boolean";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.texts = $root.volley.Names.decode(reader, reader.size(), $undefined, _depth + 1, message.texts);
                        message.value = "texts";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Detail;
    })();

    volley.Lost = (function() {

        const Lost = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Lost.prototype.message = "";

        Lost.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                writer.uint32(10).string(message.message);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        Lost.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.Lost();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.message = value;
                        else
                            delete message.message;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Lost;
    })();

    volley.JobRecord = (function() {

        const JobRecord = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        JobRecord.prototype.header = null;
        JobRecord.prototype.atMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        JobRecord.prototype.jobSubmitted = null;
        JobRecord.prototype.jobResumed = null;
        JobRecord.prototype.attemptStarted = null;
        JobRecord.prototype.taskEnded = null;
        JobRecord.prototype.attemptAbandoned = null;
        JobRecord.prototype.retryScheduled = null;
        JobRecord.prototype.stageIndexed = null;
        JobRecord.prototype.jobRestarted = null;
        JobRecord.prototype.cancelRequested = null;
        JobRecord.prototype.jobEnded = null;
        JobRecord.prototype.jobSnapshot = null;
        JobRecord.prototype.jobRequested = null;
        JobRecord.prototype.jobChanges = null;

        let $oneOfFields;

        $Object.defineProperty(JobRecord.prototype, "kind", {
            get: $util.oneOfGetter($oneOfFields = ["jobSubmitted", "jobResumed", "attemptStarted", "taskEnded", "attemptAbandoned", "retryScheduled", "stageIndexed", "jobRestarted", "cancelRequested", "jobEnded", "jobSnapshot", "jobRequested", "jobChanges"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        JobRecord.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.header != null && $Object.hasOwnProperty.call(message, "header"))
                $root.volley.Header.encode(message.header, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs") && (typeof message.atMs === "object" ? message.atMs.low || message.atMs.high : message.atMs !== 0))
                writer.uint32(16).uint64(message.atMs);
            if (message.jobSubmitted != null && $Object.hasOwnProperty.call(message, "jobSubmitted"))
                $root.volley.JobSubmitted.encode(message.jobSubmitted, writer.uint32(82).fork(), _depth + 1).ldelim();
            if (message.jobResumed != null && $Object.hasOwnProperty.call(message, "jobResumed"))
                $root.volley.JobResumed.encode(message.jobResumed, writer.uint32(90).fork(), _depth + 1).ldelim();
            if (message.attemptStarted != null && $Object.hasOwnProperty.call(message, "attemptStarted"))
                $root.volley.AttemptStarted.encode(message.attemptStarted, writer.uint32(98).fork(), _depth + 1).ldelim();
            if (message.taskEnded != null && $Object.hasOwnProperty.call(message, "taskEnded"))
                $root.volley.TaskEnded.encode(message.taskEnded, writer.uint32(106).fork(), _depth + 1).ldelim();
            if (message.attemptAbandoned != null && $Object.hasOwnProperty.call(message, "attemptAbandoned"))
                $root.volley.AttemptAbandoned.encode(message.attemptAbandoned, writer.uint32(114).fork(), _depth + 1).ldelim();
            if (message.retryScheduled != null && $Object.hasOwnProperty.call(message, "retryScheduled"))
                $root.volley.RetryScheduled.encode(message.retryScheduled, writer.uint32(122).fork(), _depth + 1).ldelim();
            if (message.stageIndexed != null && $Object.hasOwnProperty.call(message, "stageIndexed"))
                $root.volley.StageIndexed.encode(message.stageIndexed, writer.uint32(130).fork(), _depth + 1).ldelim();
            if (message.jobRestarted != null && $Object.hasOwnProperty.call(message, "jobRestarted"))
                $root.volley.JobRestarted.encode(message.jobRestarted, writer.uint32(138).fork(), _depth + 1).ldelim();
            if (message.cancelRequested != null && $Object.hasOwnProperty.call(message, "cancelRequested"))
                $root.volley.CancelRequested.encode(message.cancelRequested, writer.uint32(146).fork(), _depth + 1).ldelim();
            if (message.jobEnded != null && $Object.hasOwnProperty.call(message, "jobEnded"))
                $root.volley.JobEnded.encode(message.jobEnded, writer.uint32(154).fork(), _depth + 1).ldelim();
            if (message.jobSnapshot != null && $Object.hasOwnProperty.call(message, "jobSnapshot"))
                $root.volley.JobSnapshot.encode(message.jobSnapshot, writer.uint32(162).fork(), _depth + 1).ldelim();
            if (message.jobRequested != null && $Object.hasOwnProperty.call(message, "jobRequested"))
                $root.volley.JobRequested.encode(message.jobRequested, writer.uint32(170).fork(), _depth + 1).ldelim();
            if (message.jobChanges != null && $Object.hasOwnProperty.call(message, "jobChanges"))
                $root.volley.JobChanges.encode(message.jobChanges, writer.uint32(178).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        JobRecord.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.JobRecord();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.header = $root.volley.Header.decode(reader, reader.size(), $undefined, _depth + 1, message.header);
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.atMs = value;
                        else
                            delete message.atMs;
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        message.jobSubmitted = $root.volley.JobSubmitted.decode(reader, reader.size(), $undefined, _depth + 1, message.jobSubmitted);
                        message.kind = "jobSubmitted";
                        continue;
                    }
                case 11: {
                        if (wireType !== 2)
                            break;
                        message.jobResumed = $root.volley.JobResumed.decode(reader, reader.size(), $undefined, _depth + 1, message.jobResumed);
                        message.kind = "jobResumed";
                        continue;
                    }
                case 12: {
                        if (wireType !== 2)
                            break;
                        message.attemptStarted = $root.volley.AttemptStarted.decode(reader, reader.size(), $undefined, _depth + 1, message.attemptStarted);
                        message.kind = "attemptStarted";
                        continue;
                    }
                case 13: {
                        if (wireType !== 2)
                            break;
                        message.taskEnded = $root.volley.TaskEnded.decode(reader, reader.size(), $undefined, _depth + 1, message.taskEnded);
                        message.kind = "taskEnded";
                        continue;
                    }
                case 14: {
                        if (wireType !== 2)
                            break;
                        message.attemptAbandoned = $root.volley.AttemptAbandoned.decode(reader, reader.size(), $undefined, _depth + 1, message.attemptAbandoned);
                        message.kind = "attemptAbandoned";
                        continue;
                    }
                case 15: {
                        if (wireType !== 2)
                            break;
                        message.retryScheduled = $root.volley.RetryScheduled.decode(reader, reader.size(), $undefined, _depth + 1, message.retryScheduled);
                        message.kind = "retryScheduled";
                        continue;
                    }
                case 16: {
                        if (wireType !== 2)
                            break;
                        message.stageIndexed = $root.volley.StageIndexed.decode(reader, reader.size(), $undefined, _depth + 1, message.stageIndexed);
                        message.kind = "stageIndexed";
                        continue;
                    }
                case 17: {
                        if (wireType !== 2)
                            break;
                        message.jobRestarted = $root.volley.JobRestarted.decode(reader, reader.size(), $undefined, _depth + 1, message.jobRestarted);
                        message.kind = "jobRestarted";
                        continue;
                    }
                case 18: {
                        if (wireType !== 2)
                            break;
                        message.cancelRequested = $root.volley.CancelRequested.decode(reader, reader.size(), $undefined, _depth + 1, message.cancelRequested);
                        message.kind = "cancelRequested";
                        continue;
                    }
                case 19: {
                        if (wireType !== 2)
                            break;
                        message.jobEnded = $root.volley.JobEnded.decode(reader, reader.size(), $undefined, _depth + 1, message.jobEnded);
                        message.kind = "jobEnded";
                        continue;
                    }
                case 20: {
                        if (wireType !== 2)
                            break;
                        message.jobSnapshot = $root.volley.JobSnapshot.decode(reader, reader.size(), $undefined, _depth + 1, message.jobSnapshot);
                        message.kind = "jobSnapshot";
                        continue;
                    }
                case 21: {
                        if (wireType !== 2)
                            break;
                        message.jobRequested = $root.volley.JobRequested.decode(reader, reader.size(), $undefined, _depth + 1, message.jobRequested);
                        message.kind = "jobRequested";
                        continue;
                    }
                case 22: {
                        if (wireType !== 2)
                            break;
                        message.jobChanges = $root.volley.JobChanges.decode(reader, reader.size(), $undefined, _depth + 1, message.jobChanges);
                        message.kind = "jobChanges";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return JobRecord;
    })();

    volley.JobRequested = (function() {

        const JobRequested = function (properties) {
            this.settings = [];
            this.labels = [];
            this.tables = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        JobRequested.prototype.job = "";
        JobRequested.prototype.sql = "";
        JobRequested.prototype.settings = $util.emptyArray;
        JobRequested.prototype.labels = $util.emptyArray;
        JobRequested.prototype.tables = $util.emptyArray;
        JobRequested.prototype.subject = "";

        JobRequested.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.job != null && $Object.hasOwnProperty.call(message, "job") && message.job !== "")
                writer.uint32(10).string(message.job);
            if (message.sql != null && $Object.hasOwnProperty.call(message, "sql") && message.sql !== "")
                writer.uint32(18).string(message.sql);
            if (message.settings != null && message.settings.length)
                for (let i = 0; i < message.settings.length; ++i)
                    $root.volley.NamedText.encode(message.settings[i], writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.labels != null && message.labels.length)
                for (let i = 0; i < message.labels.length; ++i)
                    $root.volley.NamedText.encode(message.labels[i], writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.tables != null && message.tables.length)
                for (let i = 0; i < message.tables.length; ++i)
                    $root.volley.RequestedTable.encode(message.tables[i], writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.subject != null && $Object.hasOwnProperty.call(message, "subject") && message.subject !== "")
                writer.uint32(50).string(message.subject);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        JobRequested.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.JobRequested();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.job = value;
                        else
                            delete message.job;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.sql = value;
                        else
                            delete message.sql;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.settings && message.settings.length))
                            message.settings = [];
                        message.settings.push($root.volley.NamedText.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.labels && message.labels.length))
                            message.labels = [];
                        message.labels.push($root.volley.NamedText.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.tables && message.tables.length))
                            message.tables = [];
                        message.tables.push($root.volley.RequestedTable.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.subject = value;
                        else
                            delete message.subject;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return JobRequested;
    })();

    volley.NamedText = (function() {

        const NamedText = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        NamedText.prototype.name = "";
        NamedText.prototype.text = "";

        NamedText.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(10).string(message.name);
            if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                writer.uint32(18).string(message.text);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        NamedText.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.NamedText();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.text = value;
                        else
                            delete message.text;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return NamedText;
    })();

    volley.RequestedTable = (function() {

        const RequestedTable = function (properties) {
            this.locations = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        RequestedTable.prototype.name = "";
        RequestedTable.prototype.locations = $util.emptyArray;
        RequestedTable.prototype.format = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(RequestedTable.prototype, "_format", {
            get: $util.oneOfGetter($oneOfFields = ["format"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        RequestedTable.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(10).string(message.name);
            if (message.locations != null && message.locations.length)
                for (let i = 0; i < message.locations.length; ++i)
                    writer.uint32(18).string(message.locations[i]);
            if (message.format != null && $Object.hasOwnProperty.call(message, "format"))
                writer.uint32(26).string(message.format);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        RequestedTable.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.RequestedTable();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.locations && message.locations.length))
                            message.locations = [];
                        message.locations.push(reader.stringVerify());
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.format = reader.stringVerify();
                        message._format = "format";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return RequestedTable;
    })();

    volley.JobSubmitted = (function() {

        const JobSubmitted = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        JobSubmitted.prototype.job = "";
        JobSubmitted.prototype.graph = null;
        JobSubmitted.prototype.settings = null;
        JobSubmitted.prototype.statement = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(JobSubmitted.prototype, "_statement", {
            get: $util.oneOfGetter($oneOfFields = ["statement"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        JobSubmitted.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.job != null && $Object.hasOwnProperty.call(message, "job") && message.job !== "")
                writer.uint32(10).string(message.job);
            if (message.graph != null && $Object.hasOwnProperty.call(message, "graph"))
                $root.volley.StageGraphOutline.encode(message.graph, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.settings != null && $Object.hasOwnProperty.call(message, "settings"))
                $root.volley.JobSettings.encode(message.settings, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.statement != null && $Object.hasOwnProperty.call(message, "statement"))
                writer.uint32(34).string(message.statement);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        JobSubmitted.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.JobSubmitted();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.job = value;
                        else
                            delete message.job;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.graph = $root.volley.StageGraphOutline.decode(reader, reader.size(), $undefined, _depth + 1, message.graph);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.settings = $root.volley.JobSettings.decode(reader, reader.size(), $undefined, _depth + 1, message.settings);
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.statement = reader.stringVerify();
                        message._statement = "statement";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return JobSubmitted;
    })();

    volley.StageGraphOutline = (function() {

        const StageGraphOutline = function (properties) {
            this.types = [];
            this.tables = [];
            this.stages = [];
            this.columns = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        StageGraphOutline.prototype.header = null;
        StageGraphOutline.prototype.types = $util.emptyArray;
        StageGraphOutline.prototype.tables = $util.emptyArray;
        StageGraphOutline.prototype.stages = $util.emptyArray;
        StageGraphOutline.prototype.columns = $util.emptyArray;
        StageGraphOutline.prototype.timeZone = "";
        StageGraphOutline.prototype.singleTaskReason = null;
        StageGraphOutline.prototype.keyPrefixes = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(StageGraphOutline.prototype, "_singleTaskReason", {
            get: $util.oneOfGetter($oneOfFields = ["singleTaskReason"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(StageGraphOutline.prototype, "_keyPrefixes", {
            get: $util.oneOfGetter($oneOfFields = ["keyPrefixes"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        StageGraphOutline.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.header != null && $Object.hasOwnProperty.call(message, "header"))
                $root.volley.Header.encode(message.header, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.types != null && message.types.length)
                for (let i = 0; i < message.types.length; ++i)
                    $root.volley.DataType.encode(message.types[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.tables != null && message.tables.length)
                for (let i = 0; i < message.tables.length; ++i)
                    $root.volley.PlanTable.encode(message.tables[i], writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.stages != null && message.stages.length)
                for (let i = 0; i < message.stages.length; ++i)
                    $root.volley.StageOutline.encode(message.stages[i], writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.columns != null && message.columns.length)
                for (let i = 0; i < message.columns.length; ++i)
                    $root.volley.NamedColumn.encode(message.columns[i], writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.timeZone != null && $Object.hasOwnProperty.call(message, "timeZone") && message.timeZone !== "")
                writer.uint32(50).string(message.timeZone);
            if (message.singleTaskReason != null && $Object.hasOwnProperty.call(message, "singleTaskReason"))
                writer.uint32(58).string(message.singleTaskReason);
            if (message.keyPrefixes != null && $Object.hasOwnProperty.call(message, "keyPrefixes"))
                writer.uint32(64).uint32(message.keyPrefixes);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        StageGraphOutline.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.StageGraphOutline();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.header = $root.volley.Header.decode(reader, reader.size(), $undefined, _depth + 1, message.header);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.types && message.types.length))
                            message.types = [];
                        message.types.push($root.volley.DataType.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.tables && message.tables.length))
                            message.tables = [];
                        message.tables.push($root.volley.PlanTable.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.stages && message.stages.length))
                            message.stages = [];
                        message.stages.push($root.volley.StageOutline.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.columns && message.columns.length))
                            message.columns = [];
                        message.columns.push($root.volley.NamedColumn.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.timeZone = value;
                        else
                            delete message.timeZone;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.singleTaskReason = reader.stringVerify();
                        message._singleTaskReason = "singleTaskReason";
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        message.keyPrefixes = reader.uint32();
                        message._keyPrefixes = "keyPrefixes";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return StageGraphOutline;
    })();

    volley.StageOutline = (function() {

        const StageOutline = function (properties) {
            this.scans = [];
            this.dependsOn = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        StageOutline.prototype.id = 0;
        StageOutline.prototype.root = $util.newBuffer([]);
        StageOutline.prototype.taskCount = 0;
        StageOutline.prototype.scans = $util.emptyArray;
        StageOutline.prototype.output = null;
        StageOutline.prototype.dependsOn = $util.emptyArray;
        StageOutline.prototype.threads = 0;
        StageOutline.prototype.shuffleCompression = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(StageOutline.prototype, "_shuffleCompression", {
            get: $util.oneOfGetter($oneOfFields = ["shuffleCompression"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        StageOutline.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                writer.uint32(8).uint32(message.id);
            if (message.root != null && $Object.hasOwnProperty.call(message, "root") && message.root.length)
                writer.uint32(18).bytes(message.root);
            if (message.taskCount != null && $Object.hasOwnProperty.call(message, "taskCount") && message.taskCount !== 0)
                writer.uint32(24).uint32(message.taskCount);
            if (message.scans != null && message.scans.length)
                for (let i = 0; i < message.scans.length; ++i)
                    $root.volley.StageScan.encode(message.scans[i], writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.output != null && $Object.hasOwnProperty.call(message, "output"))
                $root.volley.StageOutput.encode(message.output, writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.dependsOn != null && message.dependsOn.length)
                writer.uint32(50).uint32s(message.dependsOn);
            if (message.threads != null && $Object.hasOwnProperty.call(message, "threads") && message.threads !== 0)
                writer.uint32(56).uint32(message.threads);
            if (message.shuffleCompression != null && $Object.hasOwnProperty.call(message, "shuffleCompression"))
                writer.uint32(64).int32(message.shuffleCompression);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        StageOutline.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.StageOutline();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.root = value;
                        else
                            delete message.root;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.taskCount = value;
                        else
                            delete message.taskCount;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.scans && message.scans.length))
                            message.scans = [];
                        message.scans.push($root.volley.StageScan.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.output = $root.volley.StageOutput.decode(reader, reader.size(), $undefined, _depth + 1, message.output);
                        continue;
                    }
                case 6: {
                        if (wireType === 2) {
                            if (!(message.dependsOn && message.dependsOn.length))
                                message.dependsOn = [];
                            reader.uint32s(message.dependsOn);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.dependsOn && message.dependsOn.length))
                            message.dependsOn = [];
                        message.dependsOn.push(reader.uint32());
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.threads = value;
                        else
                            delete message.threads;
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        message.shuffleCompression = reader.int32();
                        message._shuffleCompression = "shuffleCompression";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return StageOutline;
    })();

    volley.FragmentOutline = (function() {

        const FragmentOutline = function (properties) {
            this.types = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        FragmentOutline.prototype.header = null;
        FragmentOutline.prototype.types = $util.emptyArray;
        FragmentOutline.prototype.stage = null;

        FragmentOutline.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.header != null && $Object.hasOwnProperty.call(message, "header"))
                $root.volley.Header.encode(message.header, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.types != null && message.types.length)
                for (let i = 0; i < message.types.length; ++i)
                    $root.volley.DataType.encode(message.types[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.stage != null && $Object.hasOwnProperty.call(message, "stage"))
                $root.volley.StageOutline.encode(message.stage, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        FragmentOutline.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.FragmentOutline();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.header = $root.volley.Header.decode(reader, reader.size(), $undefined, _depth + 1, message.header);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.types && message.types.length))
                            message.types = [];
                        message.types.push($root.volley.DataType.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.stage = $root.volley.StageOutline.decode(reader, reader.size(), $undefined, _depth + 1, message.stage);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return FragmentOutline;
    })();

    volley.TaskFragment = (function() {

        const TaskFragment = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        TaskFragment.prototype.stage = null;

        TaskFragment.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.stage != null && $Object.hasOwnProperty.call(message, "stage"))
                $root.volley.StageOutline.encode(message.stage, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        TaskFragment.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.TaskFragment();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.stage = $root.volley.StageOutline.decode(reader, reader.size(), $undefined, _depth + 1, message.stage);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return TaskFragment;
    })();

    volley.JobSettings = (function() {

        const JobSettings = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        JobSettings.prototype.retries = 0;
        JobSettings.prototype.retryBudget = 0;
        JobSettings.prototype.timeoutMs = null;
        JobSettings.prototype.attemptTimeoutMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        JobSettings.prototype.memoryMib = 0;
        JobSettings.prototype.inlineLimitBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        JobSettings.prototype.resultFormat = 0;
        JobSettings.prototype.resultTtlMs = null;
        JobSettings.prototype.lateWriteMs = null;
        JobSettings.prototype.functionVersion = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(JobSettings.prototype, "_timeoutMs", {
            get: $util.oneOfGetter($oneOfFields = ["timeoutMs"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(JobSettings.prototype, "_resultTtlMs", {
            get: $util.oneOfGetter($oneOfFields = ["resultTtlMs"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(JobSettings.prototype, "_lateWriteMs", {
            get: $util.oneOfGetter($oneOfFields = ["lateWriteMs"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(JobSettings.prototype, "_functionVersion", {
            get: $util.oneOfGetter($oneOfFields = ["functionVersion"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        JobSettings.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.retries != null && $Object.hasOwnProperty.call(message, "retries") && message.retries !== 0)
                writer.uint32(8).uint32(message.retries);
            if (message.retryBudget != null && $Object.hasOwnProperty.call(message, "retryBudget") && message.retryBudget !== 0)
                writer.uint32(16).uint32(message.retryBudget);
            if (message.timeoutMs != null && $Object.hasOwnProperty.call(message, "timeoutMs"))
                writer.uint32(24).uint64(message.timeoutMs);
            if (message.attemptTimeoutMs != null && $Object.hasOwnProperty.call(message, "attemptTimeoutMs") && (typeof message.attemptTimeoutMs === "object" ? message.attemptTimeoutMs.low || message.attemptTimeoutMs.high : message.attemptTimeoutMs !== 0))
                writer.uint32(32).uint64(message.attemptTimeoutMs);
            if (message.memoryMib != null && $Object.hasOwnProperty.call(message, "memoryMib") && message.memoryMib !== 0)
                writer.uint32(40).uint32(message.memoryMib);
            if (message.inlineLimitBytes != null && $Object.hasOwnProperty.call(message, "inlineLimitBytes") && (typeof message.inlineLimitBytes === "object" ? message.inlineLimitBytes.low || message.inlineLimitBytes.high : message.inlineLimitBytes !== 0))
                writer.uint32(48).uint64(message.inlineLimitBytes);
            if (message.resultFormat != null && $Object.hasOwnProperty.call(message, "resultFormat") && message.resultFormat !== 0)
                writer.uint32(56).int32(message.resultFormat);
            if (message.resultTtlMs != null && $Object.hasOwnProperty.call(message, "resultTtlMs"))
                writer.uint32(64).uint64(message.resultTtlMs);
            if (message.lateWriteMs != null && $Object.hasOwnProperty.call(message, "lateWriteMs"))
                writer.uint32(72).uint64(message.lateWriteMs);
            if (message.functionVersion != null && $Object.hasOwnProperty.call(message, "functionVersion"))
                writer.uint32(82).string(message.functionVersion);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        JobSettings.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.JobSettings();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.retries = value;
                        else
                            delete message.retries;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.retryBudget = value;
                        else
                            delete message.retryBudget;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.timeoutMs = reader.uint64();
                        message._timeoutMs = "timeoutMs";
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.attemptTimeoutMs = value;
                        else
                            delete message.attemptTimeoutMs;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.memoryMib = value;
                        else
                            delete message.memoryMib;
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.inlineLimitBytes = value;
                        else
                            delete message.inlineLimitBytes;
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.resultFormat = value;
                        else
                            delete message.resultFormat;
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        message.resultTtlMs = reader.uint64();
                        message._resultTtlMs = "resultTtlMs";
                        continue;
                    }
                case 9: {
                        if (wireType !== 0)
                            break;
                        message.lateWriteMs = reader.uint64();
                        message._lateWriteMs = "lateWriteMs";
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        message.functionVersion = reader.stringVerify();
                        message._functionVersion = "functionVersion";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return JobSettings;
    })();

    volley.JobResumed = (function() {

        const JobResumed = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        JobResumed.prototype.token = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        JobResumed.prototype.deadlineMs = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(JobResumed.prototype, "_deadlineMs", {
            get: $util.oneOfGetter($oneOfFields = ["deadlineMs"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        JobResumed.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.token != null && $Object.hasOwnProperty.call(message, "token") && (typeof message.token === "object" ? message.token.low || message.token.high : message.token !== 0))
                writer.uint32(8).uint64(message.token);
            if (message.deadlineMs != null && $Object.hasOwnProperty.call(message, "deadlineMs"))
                writer.uint32(16).uint64(message.deadlineMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        JobResumed.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.JobResumed();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.token = value;
                        else
                            delete message.token;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.deadlineMs = reader.uint64();
                        message._deadlineMs = "deadlineMs";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return JobResumed;
    })();

    volley.AttemptStarted = (function() {

        const AttemptStarted = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        AttemptStarted.prototype.stage = 0;
        AttemptStarted.prototype.task = 0;
        AttemptStarted.prototype.attempt = "";
        AttemptStarted.prototype.deadlineMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        AttemptStarted.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.stage != null && $Object.hasOwnProperty.call(message, "stage") && message.stage !== 0)
                writer.uint32(8).uint32(message.stage);
            if (message.task != null && $Object.hasOwnProperty.call(message, "task") && message.task !== 0)
                writer.uint32(16).uint32(message.task);
            if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== "")
                writer.uint32(26).string(message.attempt);
            if (message.deadlineMs != null && $Object.hasOwnProperty.call(message, "deadlineMs") && (typeof message.deadlineMs === "object" ? message.deadlineMs.low || message.deadlineMs.high : message.deadlineMs !== 0))
                writer.uint32(32).uint64(message.deadlineMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        AttemptStarted.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.AttemptStarted();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.stage = value;
                        else
                            delete message.stage;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.task = value;
                        else
                            delete message.task;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.attempt = value;
                        else
                            delete message.attempt;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.deadlineMs = value;
                        else
                            delete message.deadlineMs;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return AttemptStarted;
    })();

    volley.TaskEnded = (function() {

        const TaskEnded = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        TaskEnded.prototype.stage = 0;
        TaskEnded.prototype.task = 0;
        TaskEnded.prototype.attempt = "";
        TaskEnded.prototype.outcome = null;

        TaskEnded.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.stage != null && $Object.hasOwnProperty.call(message, "stage") && message.stage !== 0)
                writer.uint32(8).uint32(message.stage);
            if (message.task != null && $Object.hasOwnProperty.call(message, "task") && message.task !== 0)
                writer.uint32(16).uint32(message.task);
            if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== "")
                writer.uint32(26).string(message.attempt);
            if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome"))
                $root.volley.TaskOutcome.encode(message.outcome, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        TaskEnded.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.TaskEnded();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.stage = value;
                        else
                            delete message.stage;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.task = value;
                        else
                            delete message.task;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.attempt = value;
                        else
                            delete message.attempt;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.outcome = $root.volley.TaskOutcome.decode(reader, reader.size(), $undefined, _depth + 1, message.outcome);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return TaskEnded;
    })();

    volley.AttemptAbandoned = (function() {

        const AttemptAbandoned = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        AttemptAbandoned.prototype.stage = 0;
        AttemptAbandoned.prototype.task = 0;
        AttemptAbandoned.prototype.attempt = "";
        AttemptAbandoned.prototype.reason = "";

        AttemptAbandoned.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.stage != null && $Object.hasOwnProperty.call(message, "stage") && message.stage !== 0)
                writer.uint32(8).uint32(message.stage);
            if (message.task != null && $Object.hasOwnProperty.call(message, "task") && message.task !== 0)
                writer.uint32(16).uint32(message.task);
            if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== "")
                writer.uint32(26).string(message.attempt);
            if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                writer.uint32(34).string(message.reason);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        AttemptAbandoned.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.AttemptAbandoned();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.stage = value;
                        else
                            delete message.stage;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.task = value;
                        else
                            delete message.task;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.attempt = value;
                        else
                            delete message.attempt;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.reason = value;
                        else
                            delete message.reason;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return AttemptAbandoned;
    })();

    volley.RetryScheduled = (function() {

        const RetryScheduled = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        RetryScheduled.prototype.stage = 0;
        RetryScheduled.prototype.task = 0;
        RetryScheduled.prototype.notBeforeMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        RetryScheduled.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.stage != null && $Object.hasOwnProperty.call(message, "stage") && message.stage !== 0)
                writer.uint32(8).uint32(message.stage);
            if (message.task != null && $Object.hasOwnProperty.call(message, "task") && message.task !== 0)
                writer.uint32(16).uint32(message.task);
            if (message.notBeforeMs != null && $Object.hasOwnProperty.call(message, "notBeforeMs") && (typeof message.notBeforeMs === "object" ? message.notBeforeMs.low || message.notBeforeMs.high : message.notBeforeMs !== 0))
                writer.uint32(24).uint64(message.notBeforeMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        RetryScheduled.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.RetryScheduled();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.stage = value;
                        else
                            delete message.stage;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.task = value;
                        else
                            delete message.task;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.notBeforeMs = value;
                        else
                            delete message.notBeforeMs;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return RetryScheduled;
    })();

    volley.StageIndexed = (function() {

        const StageIndexed = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        StageIndexed.prototype.stage = 0;
        StageIndexed.prototype.key = "";
        StageIndexed.prototype.identity = null;
        StageIndexed.prototype.requests = null;

        StageIndexed.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.stage != null && $Object.hasOwnProperty.call(message, "stage") && message.stage !== 0)
                writer.uint32(8).uint32(message.stage);
            if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                writer.uint32(18).string(message.key);
            if (message.identity != null && $Object.hasOwnProperty.call(message, "identity"))
                $root.volley.ObjectIdentity.encode(message.identity, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.requests != null && $Object.hasOwnProperty.call(message, "requests"))
                $root.volley.RequestCounts.encode(message.requests, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        StageIndexed.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.StageIndexed();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.stage = value;
                        else
                            delete message.stage;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.key = value;
                        else
                            delete message.key;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.identity = $root.volley.ObjectIdentity.decode(reader, reader.size(), $undefined, _depth + 1, message.identity);
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.requests = $root.volley.RequestCounts.decode(reader, reader.size(), $undefined, _depth + 1, message.requests);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return StageIndexed;
    })();

    volley.JobRestarted = (function() {

        const JobRestarted = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        JobRestarted.prototype.reason = "";

        JobRestarted.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                writer.uint32(10).string(message.reason);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        JobRestarted.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.JobRestarted();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.reason = value;
                        else
                            delete message.reason;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return JobRestarted;
    })();

    volley.CancelRequested = (function() {

        const CancelRequested = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        CancelRequested.prototype.by = "";

        CancelRequested.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.by != null && $Object.hasOwnProperty.call(message, "by") && message.by !== "")
                writer.uint32(10).string(message.by);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        CancelRequested.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.CancelRequested();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.by = value;
                        else
                            delete message.by;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return CancelRequested;
    })();

    volley.JobEnded = (function() {

        const JobEnded = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        JobEnded.prototype.succeeded = null;
        JobEnded.prototype.failed = null;
        JobEnded.prototype.cancelled = null;

        let $oneOfFields;

        $Object.defineProperty(JobEnded.prototype, "kind", {
            get: $util.oneOfGetter($oneOfFields = ["succeeded", "failed", "cancelled"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        JobEnded.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.succeeded != null && $Object.hasOwnProperty.call(message, "succeeded"))
                $root.volley.Nothing.encode(message.succeeded, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.failed != null && $Object.hasOwnProperty.call(message, "failed"))
                $root.volley.JobError.encode(message.failed, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.cancelled != null && $Object.hasOwnProperty.call(message, "cancelled"))
                $root.volley.CancelRequested.encode(message.cancelled, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        JobEnded.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.JobEnded();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.succeeded = $root.volley.Nothing.decode(reader, reader.size(), $undefined, _depth + 1, message.succeeded);
                        message.kind = "succeeded";
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.failed = $root.volley.JobError.decode(reader, reader.size(), $undefined, _depth + 1, message.failed);
                        message.kind = "failed";
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.cancelled = $root.volley.CancelRequested.decode(reader, reader.size(), $undefined, _depth + 1, message.cancelled);
                        message.kind = "cancelled";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return JobEnded;
    })();

    volley.JobError = (function() {

        const JobError = function (properties) {
            this.details = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        JobError.prototype.code = "";
        JobError.prototype.message = "";
        JobError.prototype.details = $util.emptyArray;

        JobError.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                writer.uint32(10).string(message.code);
            if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                writer.uint32(18).string(message.message);
            if (message.details != null && message.details.length)
                for (let i = 0; i < message.details.length; ++i)
                    $root.volley.Detail.encode(message.details[i], writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        JobError.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.JobError();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.code = value;
                        else
                            delete message.code;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.message = value;
                        else
                            delete message.message;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.details && message.details.length))
                            message.details = [];
                        message.details.push($root.volley.Detail.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return JobError;
    })();

    volley.JobSnapshot = (function() {

        const JobSnapshot = function (properties) {
            this.stages = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        JobSnapshot.prototype.deadlineMs = null;
        JobSnapshot.prototype.stages = $util.emptyArray;
        JobSnapshot.prototype.resumedBy = null;
        JobSnapshot.prototype.attempts = 0;
        JobSnapshot.prototype.retriesUsed = 0;
        JobSnapshot.prototype.restarts = 0;
        JobSnapshot.prototype.cancelRequestedBy = null;
        JobSnapshot.prototype.end = null;
        JobSnapshot.prototype.endedAtMs = null;
        JobSnapshot.prototype.lateUntilMs = null;
        JobSnapshot.prototype.requests = null;
        JobSnapshot.prototype.throttledSinceMs = null;

        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(JobSnapshot.prototype, "_deadlineMs", {
            get: $util.oneOfGetter($oneOfFields = ["deadlineMs"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(JobSnapshot.prototype, "_resumedBy", {
            get: $util.oneOfGetter($oneOfFields = ["resumedBy"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(JobSnapshot.prototype, "_cancelRequestedBy", {
            get: $util.oneOfGetter($oneOfFields = ["cancelRequestedBy"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(JobSnapshot.prototype, "_endedAtMs", {
            get: $util.oneOfGetter($oneOfFields = ["endedAtMs"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(JobSnapshot.prototype, "_lateUntilMs", {
            get: $util.oneOfGetter($oneOfFields = ["lateUntilMs"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(JobSnapshot.prototype, "_throttledSinceMs", {
            get: $util.oneOfGetter($oneOfFields = ["throttledSinceMs"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        JobSnapshot.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.deadlineMs != null && $Object.hasOwnProperty.call(message, "deadlineMs"))
                writer.uint32(8).uint64(message.deadlineMs);
            if (message.stages != null && message.stages.length)
                for (let i = 0; i < message.stages.length; ++i)
                    $root.volley.StageSnapshot.encode(message.stages[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.resumedBy != null && $Object.hasOwnProperty.call(message, "resumedBy"))
                writer.uint32(24).uint64(message.resumedBy);
            if (message.attempts != null && $Object.hasOwnProperty.call(message, "attempts") && message.attempts !== 0)
                writer.uint32(32).uint32(message.attempts);
            if (message.retriesUsed != null && $Object.hasOwnProperty.call(message, "retriesUsed") && message.retriesUsed !== 0)
                writer.uint32(40).uint32(message.retriesUsed);
            if (message.restarts != null && $Object.hasOwnProperty.call(message, "restarts") && message.restarts !== 0)
                writer.uint32(48).uint32(message.restarts);
            if (message.cancelRequestedBy != null && $Object.hasOwnProperty.call(message, "cancelRequestedBy"))
                writer.uint32(58).string(message.cancelRequestedBy);
            if (message.end != null && $Object.hasOwnProperty.call(message, "end"))
                $root.volley.JobEnded.encode(message.end, writer.uint32(66).fork(), _depth + 1).ldelim();
            if (message.endedAtMs != null && $Object.hasOwnProperty.call(message, "endedAtMs"))
                writer.uint32(72).uint64(message.endedAtMs);
            if (message.lateUntilMs != null && $Object.hasOwnProperty.call(message, "lateUntilMs"))
                writer.uint32(80).uint64(message.lateUntilMs);
            if (message.requests != null && $Object.hasOwnProperty.call(message, "requests"))
                $root.volley.StoreRequests.encode(message.requests, writer.uint32(90).fork(), _depth + 1).ldelim();
            if (message.throttledSinceMs != null && $Object.hasOwnProperty.call(message, "throttledSinceMs"))
                writer.uint32(96).uint64(message.throttledSinceMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        JobSnapshot.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.JobSnapshot();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.deadlineMs = reader.uint64();
                        message._deadlineMs = "deadlineMs";
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.stages && message.stages.length))
                            message.stages = [];
                        message.stages.push($root.volley.StageSnapshot.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.resumedBy = reader.uint64();
                        message._resumedBy = "resumedBy";
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.attempts = value;
                        else
                            delete message.attempts;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.retriesUsed = value;
                        else
                            delete message.retriesUsed;
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.restarts = value;
                        else
                            delete message.restarts;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.cancelRequestedBy = reader.stringVerify();
                        message._cancelRequestedBy = "cancelRequestedBy";
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        message.end = $root.volley.JobEnded.decode(reader, reader.size(), $undefined, _depth + 1, message.end);
                        continue;
                    }
                case 9: {
                        if (wireType !== 0)
                            break;
                        message.endedAtMs = reader.uint64();
                        message._endedAtMs = "endedAtMs";
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        message.lateUntilMs = reader.uint64();
                        message._lateUntilMs = "lateUntilMs";
                        continue;
                    }
                case 11: {
                        if (wireType !== 2)
                            break;
                        message.requests = $root.volley.StoreRequests.decode(reader, reader.size(), $undefined, _depth + 1, message.requests);
                        continue;
                    }
                case 12: {
                        if (wireType !== 0)
                            break;
                        message.throttledSinceMs = reader.uint64();
                        message._throttledSinceMs = "throttledSinceMs";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return JobSnapshot;
    })();

    volley.JobChanges = (function() {

        const JobChanges = function (properties) {
            this.stages = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        JobChanges.prototype.job = null;
        JobChanges.prototype.stages = $util.emptyArray;

        JobChanges.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.job != null && $Object.hasOwnProperty.call(message, "job"))
                $root.volley.JobSnapshot.encode(message.job, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.stages != null && message.stages.length)
                for (let i = 0; i < message.stages.length; ++i)
                    $root.volley.StageChanges.encode(message.stages[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        JobChanges.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.JobChanges();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.job = $root.volley.JobSnapshot.decode(reader, reader.size(), $undefined, _depth + 1, message.job);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.stages && message.stages.length))
                            message.stages = [];
                        message.stages.push($root.volley.StageChanges.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return JobChanges;
    })();

    volley.StageChanges = (function() {

        const StageChanges = function (properties) {
            this.changed = [];
            this.tasks = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        StageChanges.prototype.changed = $util.emptyArray;
        StageChanges.prototype.tasks = $util.emptyArray;
        StageChanges.prototype.index = null;

        StageChanges.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.changed != null && message.changed.length)
                writer.uint32(10).uint32s(message.changed);
            if (message.tasks != null && message.tasks.length)
                for (let i = 0; i < message.tasks.length; ++i)
                    $root.volley.TaskSnapshot.encode(message.tasks[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.index != null && $Object.hasOwnProperty.call(message, "index"))
                $root.volley.IndexObject.encode(message.index, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        StageChanges.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.StageChanges();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType === 2) {
                            if (!(message.changed && message.changed.length))
                                message.changed = [];
                            reader.uint32s(message.changed);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.changed && message.changed.length))
                            message.changed = [];
                        message.changed.push(reader.uint32());
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.tasks && message.tasks.length))
                            message.tasks = [];
                        message.tasks.push($root.volley.TaskSnapshot.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.index = $root.volley.IndexObject.decode(reader, reader.size(), $undefined, _depth + 1, message.index);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return StageChanges;
    })();

    volley.StageSnapshot = (function() {

        const StageSnapshot = function (properties) {
            this.tasks = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        StageSnapshot.prototype.tasks = $util.emptyArray;
        StageSnapshot.prototype.index = null;

        StageSnapshot.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.tasks != null && message.tasks.length)
                for (let i = 0; i < message.tasks.length; ++i)
                    $root.volley.TaskSnapshot.encode(message.tasks[i], writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.index != null && $Object.hasOwnProperty.call(message, "index"))
                $root.volley.IndexObject.encode(message.index, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        StageSnapshot.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.StageSnapshot();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.tasks && message.tasks.length))
                            message.tasks = [];
                        message.tasks.push($root.volley.TaskSnapshot.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.index = $root.volley.IndexObject.decode(reader, reader.size(), $undefined, _depth + 1, message.index);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return StageSnapshot;
    })();

    volley.TaskSnapshot = (function() {

        const TaskSnapshot = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        TaskSnapshot.prototype.failures = 0;
        TaskSnapshot.prototype.pending = null;
        TaskSnapshot.prototype.running = null;
        TaskSnapshot.prototype.failed = null;
        TaskSnapshot.prototype.waiting = null;
        TaskSnapshot.prototype.succeeded = null;

        let $oneOfFields;

        $Object.defineProperty(TaskSnapshot.prototype, "kind", {
            get: $util.oneOfGetter($oneOfFields = ["pending", "running", "failed", "waiting", "succeeded"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        TaskSnapshot.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.failures != null && $Object.hasOwnProperty.call(message, "failures") && message.failures !== 0)
                writer.uint32(8).uint32(message.failures);
            if (message.pending != null && $Object.hasOwnProperty.call(message, "pending"))
                $root.volley.Nothing.encode(message.pending, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.running != null && $Object.hasOwnProperty.call(message, "running"))
                $root.volley.RunningTask.encode(message.running, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.failed != null && $Object.hasOwnProperty.call(message, "failed"))
                $root.volley.TaskOutcome.encode(message.failed, writer.uint32(34).fork(), _depth + 1).ldelim();
            if (message.waiting != null && $Object.hasOwnProperty.call(message, "waiting"))
                $root.volley.WaitingTask.encode(message.waiting, writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.succeeded != null && $Object.hasOwnProperty.call(message, "succeeded"))
                $root.volley.SucceededTask.encode(message.succeeded, writer.uint32(50).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        TaskSnapshot.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.TaskSnapshot();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.failures = value;
                        else
                            delete message.failures;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.pending = $root.volley.Nothing.decode(reader, reader.size(), $undefined, _depth + 1, message.pending);
                        message.kind = "pending";
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.running = $root.volley.RunningTask.decode(reader, reader.size(), $undefined, _depth + 1, message.running);
                        message.kind = "running";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.failed = $root.volley.TaskOutcome.decode(reader, reader.size(), $undefined, _depth + 1, message.failed);
                        message.kind = "failed";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.waiting = $root.volley.WaitingTask.decode(reader, reader.size(), $undefined, _depth + 1, message.waiting);
                        message.kind = "waiting";
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.succeeded = $root.volley.SucceededTask.decode(reader, reader.size(), $undefined, _depth + 1, message.succeeded);
                        message.kind = "succeeded";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return TaskSnapshot;
    })();

    volley.RunningTask = (function() {

        const RunningTask = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        RunningTask.prototype.attempt = "";
        RunningTask.prototype.startedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
        RunningTask.prototype.deadlineMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        RunningTask.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== "")
                writer.uint32(10).string(message.attempt);
            if (message.startedAtMs != null && $Object.hasOwnProperty.call(message, "startedAtMs") && (typeof message.startedAtMs === "object" ? message.startedAtMs.low || message.startedAtMs.high : message.startedAtMs !== 0))
                writer.uint32(16).uint64(message.startedAtMs);
            if (message.deadlineMs != null && $Object.hasOwnProperty.call(message, "deadlineMs") && (typeof message.deadlineMs === "object" ? message.deadlineMs.low || message.deadlineMs.high : message.deadlineMs !== 0))
                writer.uint32(24).uint64(message.deadlineMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        RunningTask.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.RunningTask();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.attempt = value;
                        else
                            delete message.attempt;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.startedAtMs = value;
                        else
                            delete message.startedAtMs;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.deadlineMs = value;
                        else
                            delete message.deadlineMs;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return RunningTask;
    })();

    volley.WaitingTask = (function() {

        const WaitingTask = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        WaitingTask.prototype.notBeforeMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        WaitingTask.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.notBeforeMs != null && $Object.hasOwnProperty.call(message, "notBeforeMs") && (typeof message.notBeforeMs === "object" ? message.notBeforeMs.low || message.notBeforeMs.high : message.notBeforeMs !== 0))
                writer.uint32(8).uint64(message.notBeforeMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        WaitingTask.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.WaitingTask();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.notBeforeMs = value;
                        else
                            delete message.notBeforeMs;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return WaitingTask;
    })();

    volley.SucceededTask = (function() {

        const SucceededTask = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        SucceededTask.prototype.attempt = "";
        SucceededTask.prototype.outcome = null;

        SucceededTask.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== "")
                writer.uint32(10).string(message.attempt);
            if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome"))
                $root.volley.TaskOutcome.encode(message.outcome, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        SucceededTask.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.volley.SucceededTask();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.attempt = value;
                        else
                            delete message.attempt;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.outcome = $root.volley.TaskOutcome.decode(reader, reader.size(), $undefined, _depth + 1, message.outcome);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return SucceededTask;
    })();

    return volley;
})();

export {
  $root as default
};
