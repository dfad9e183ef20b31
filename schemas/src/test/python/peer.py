"""Reads what comes on standard input with confluent-kafka's deserializer, writes it again with its
serializer: lines of "<topic> <hex>" in, the same out.

    python peer.py REGISTRY_URL
"""

import sys

from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext


def main():
    registry = SchemaRegistryClient({"url": sys.argv[1]})
    for line in sys.stdin:
        topic, encoded = line.split()
        context = SerializationContext(topic, MessageField.VALUE)
        schema = registry.get_latest_version(topic + "-value").schema
        read = AvroDeserializer(registry, return_record_name=True)
        write = AvroSerializer(registry, schema, conf={"auto.register.schemas": False})
        message = read(bytes.fromhex(encoded), context)
        print(topic, write(message, context).hex(), flush=True)


if __name__ == "__main__":
    main()
