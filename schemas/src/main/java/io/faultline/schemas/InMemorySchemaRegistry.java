package io.faultline.schemas;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A registry without a server, for tests of topologies: ids count from 1 in the order of first
 * registration; equal schemas have one id under all subjects.
 */
public final class InMemorySchemaRegistry implements SchemaRegistry {

  private final List<Schema> schemas = new ArrayList<>();

  @Override
  public synchronized int register(String subject, Schema schema) {
    int known = schemas.indexOf(schema);
    if (known >= 0) {
      return known + 1;
    }
    schemas.add(schema);
    return schemas.size();
  }

  @Override
  public synchronized Schema byId(int id) {
    if (id < 1 || id > schemas.size()) {
      throw new UnknownSchemaException(id);
    }
    return schemas.get(id - 1);
  }

  @Override
  public void setCompatibility(String subject, String level) {}

  @Override
  public void close() {}
}
