package io.gamemetrics.infrastructure.readstore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;

/** Finds any of many byte strings in one pass, however many they are: the automaton of Aho and Corasick. Immutable. */
final class ByteSearch {

    private static final int NONE = -1;

    private final List<Form> forms;
    /** By node, the nodes that follow: pairs of byte and node, sorted. Few have more than one. */
    private final List<int[]> next = new ArrayList<>();

    private final int[] root = new int[256];
    private int[] fallback = {};
    private final List<int[]> ends = new ArrayList<>();

    /**
     * @param needles whose form it is
     * @param word whether it counts only where no letter or digit stands next to it
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Form(byte[] bytes, int[] needles, boolean word) {

        /** One that stands for both, of the same bytes. */
        Form together(Form other) {
            int[] both = IntStream.concat(Arrays.stream(needles), Arrays.stream(other.needles))
                    .distinct()
                    .toArray();
            return new Form(bytes, both, word && other.word);
        }
    }

    /** Is told of each place where a form begins. */
    interface Found {
        void at(Form form, int start);
    }

    ByteSearch(Collection<Form> forms) {
        this.forms = List.copyOf(forms);
        newNode();
        Arrays.fill(root, 0);
        for (int i = 0; i < this.forms.size(); i++) {
            insert(this.forms.get(i).bytes(), i);
        }
        link();
    }

    void each(byte[] bytes, Found found) {
        int node = 0;
        for (int i = 0; i < bytes.length; i++) {
            node = follow(node, bytes[i] & 0xFF);
            for (int end : ends.get(node)) {
                Form form = forms.get(end);
                int start = i + 1 - form.bytes().length;
                if (!form.word() || isWord(bytes, start, i + 1)) {
                    found.at(form, start);
                }
            }
        }
    }

    private static boolean isWord(byte[] bytes, int start, int end) {
        return (start == 0 || !isLetter(bytes[start - 1])) && (end == bytes.length || !isLetter(bytes[end]));
    }

    /** Whatever is not ASCII is taken for one. */
    private static boolean isLetter(byte one) {
        return one < 0 || Character.isLetterOrDigit(one);
    }

    private int newNode() {
        next.add(new int[0]);
        ends.add(new int[0]);
        return next.size() - 1;
    }

    private void insert(byte[] bytes, int form) {
        int node = 0;
        for (byte one : bytes) {
            int known = child(node, one & 0xFF);
            if (known == NONE) {
                known = newNode();
                add(node, one & 0xFF, known);
            }
            node = known;
        }
        ends.set(node, with(ends.get(node), form));
    }

    private void add(int node, int value, int to) {
        if (node == 0) {
            root[value] = to;
        }
        int[] before = next.get(node);
        int[] after = Arrays.copyOf(before, before.length + 2);
        after[before.length] = value;
        after[before.length + 1] = to;
        next.set(node, after);
    }

    private int child(int node, int value) {
        if (node == 0) {
            return root[value] == 0 ? NONE : root[value];
        }
        int[] pairs = next.get(node);
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i] == value) {
                return pairs[i + 1];
            }
        }
        return NONE;
    }

    private int follow(int from, int value) {
        int node = from;
        int to = child(node, value);
        while (to == NONE && node != 0) {
            node = fallback[node];
            to = child(node, value);
        }
        return to == NONE ? 0 : to;
    }

    private void link() {
        fallback = new int[next.size()];
        Queue<Integer> open = new ArrayDeque<>(List.of(0));
        while (!open.isEmpty()) {
            int node = open.remove();
            int[] pairs = next.get(node);
            for (int i = 0; i < pairs.length; i += 2) {
                int child = pairs[i + 1];
                fallback[child] = node == 0 ? 0 : follow(fallback[node], pairs[i]);
                for (int end : ends.get(fallback[child])) {
                    ends.set(child, with(ends.get(child), end));
                }
                open.add(child);
            }
        }
    }

    private static int[] with(int[] all, int one) {
        int[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = one;
        return more;
    }
}
