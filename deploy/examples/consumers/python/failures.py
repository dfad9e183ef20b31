"""A member of a consumer group that prints a line for each JobFailed, whether it is the end of the
job or not. What is wrong with a record goes to standard error.

    pip install "confluent-kafka[avro,schemaregistry]"
    python failures.py BOOTSTRAP REGISTRY GROUP
"""

import collections
import signal
import sys
import threading

from confluent_kafka import Consumer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.schema_registry.error import SchemaRegistryError

TOPIC = "faultline.job-events"
JOBS_REMEMBERED = 100_000
SCHEMA_UNKNOWN = 40403

ending = threading.Event()


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: failures.py BOOTSTRAP REGISTRY GROUP")
    bootstrap, registry, group = sys.argv[1:]
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    consumer = Consumer({
        "bootstrap.servers": bootstrap,
        "group.id": group,
        "isolation.level": "read_committed",  # the default here, unlike in Java
        "enable.auto.offset.store": False,  # only what is stored below is committed: every second,
        "auto.commit.interval.ms": 1000,  # before partitions move on, and at the end
        "auto.offset.reset": "earliest",  # a new group begins with the oldest event kept
    })
    failures = Failures(PatientRegistry({"url": registry, "max.retries": 0}))
    consumer.subscribe([TOPIC], on_assign=told("assigned"), on_revoke=told("revoked"))
    try:
        while not ending.is_set():
            message = consumer.poll(0.5)
            if message is None:
                continue
            if message.error():
                print("kafka:", message.error(), file=sys.stderr)
                continue
            failures.handle(message)
            consumer.store_offsets(message)
    except InterruptedError:
        pass  # told to end while it waited for the registry
    finally:
        consumer.close()  # commits and leaves the group, so that others take over at once


def told(what):
    return lambda _, partitions: print(what, [p.partition for p in partitions], file=sys.stderr)


class Failures:
    def __init__(self, registry):
        # without a schema of ours: as it was written, by names, so that later versions do no harm
        self.decode = AvroDeserializer(registry, return_record_name=True)
        # the sequence of the last failure that was handled, by job; the jobs seen last are kept
        self.handled = collections.OrderedDict()

    def handle(self, message):
        try:
            event = self.decode(message.value())  # without a context, or it asks more of the registry
            kind, detail = event["detail"]
        except InterruptedError:
            raise
        except Exception as e:
            if isinstance(e, SchemaRegistryError) and e.error_code != SCHEMA_UNKNOWN:
                raise  # it refuses to answer, a wrong password for example: not the record's fault
            place = f"{message.topic()}-{message.partition()} offset {message.offset()}"
            print(f"skipped {place}, which can't be decoded: {e!r}", file=sys.stderr)
            return
        if kind.endswith(".Failed"):
            self.failed(event, detail)
        # else another kind of event; also one that is newer than this program

    def failed(self, event, detail):
        job, info, sequence = event["job"], detail["failureInfo"], event["sequence"]
        if sequence <= self.handled.get(job["jobId"], -1):
            return  # a repeat
        line = "{} {}/{} {}/{} {}/{} exit {} {}: {}".format(
            "retryable" if detail["retryable"] else "terminal",  # retryable: the job goes on
            job["jobId"],
            sequence,
            job["queue"],
            job["jobSet"],
            info["category"],
            info["subcategory"],
            "-" if info["exitCode"] is None else info["exitCode"],
            detail["reason"],
            detail["message"],
        )
        line = "".join(c if c.isprintable() else " " for c in line).strip()  # it may hold anything
        sys.stdout.buffer.write(line.encode() + b"\n")
        sys.stdout.buffer.flush()
        self.handled[job["jobId"]] = sequence
        self.handled.move_to_end(job["jobId"])
        if len(self.handled) > JOBS_REMEMBERED:
            self.handled.popitem(last=False)


class PatientRegistry(SchemaRegistryClient):
    """Waits while the registry is away, so that no record is skipped for that."""

    def get_schema(self, *args, **kwargs):
        while True:
            try:
                return super().get_schema(*args, **kwargs)
            except SchemaRegistryError as e:
                if e.http_status_code < 500 and e.http_status_code != 429:
                    raise
                print("the schema registry is away, waiting:", e, file=sys.stderr)
            except Exception as e:  # no answer
                print("the schema registry is away, waiting:", repr(e), file=sys.stderr)
            if ending.wait(1):
                raise InterruptedError


if __name__ == "__main__":
    main()
