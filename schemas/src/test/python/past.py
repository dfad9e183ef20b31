"""Reads events with confluent-kafka's deserializer and a schema of its own, one of the past: lines of
hex in; out comes the kind of event, or "undecodable" and why.

    python past.py REGISTRY_URL TOPIC SCHEMA_FILE
"""

import pathlib
import sys

from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext


def main():
    url, topic, schema = sys.argv[1:]
    registry = SchemaRegistryClient({"url": url})
    read = AvroDeserializer(registry, pathlib.Path(schema).read_text(), return_record_name=True)
    context = SerializationContext(topic, MessageField.VALUE)
    for line in sys.stdin:
        try:
            kind, detail = read(bytes.fromhex(line), context)["detail"]
            print(kind, sorted(detail), flush=True)
        except Exception as e:
            print("undecodable", repr(e), flush=True)


if __name__ == "__main__":
    main()
