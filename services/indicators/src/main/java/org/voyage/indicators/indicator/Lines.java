package org.voyage.indicators.indicator;

import java.io.StringReader;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** On which line of its file each member of a definition stands. */
final class Lines {

    private final Map<String, Integer> byPath = new HashMap<>();
    /** Each is looked at once: a file may name one of its parts, and even the whole, again and again. */
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param yaml text that may be broken: then nothing is known of its lines */
    Lines(String yaml) {
        try {
            collect("", new Yaml(new LoaderOptions()).compose(new StringReader(yaml)));
        } catch (YAMLException e) {
            byPath.clear();
        }
    }

    /** The line of the member, or of the nearest one around it; from 1. */
    int of(String path) {
        Integer line = byPath.get(path);
        if (line != null) {
            return line;
        }
        int dot = path.lastIndexOf('.');
        return path.isEmpty() ? 1 : of(dot < 0 ? "" : path.substring(0, dot));
    }

    private void collect(String path, @org.jspecify.annotations.Nullable Node node) {
        if (node instanceof MappingNode mapping && seen.add(mapping)) {
            mapping.getValue().forEach(member -> {
                if (member.getKeyNode() instanceof ScalarNode name) {
                    String at = path.isEmpty() ? name.getValue() : path + "." + name.getValue();
                    byPath.put(at, name.getStartMark().getLine() + 1);
                    collect(at, member.getValueNode());
                }
            });
        }
    }
}
