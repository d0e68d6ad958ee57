package io.github.ttmemorycheck.assertj;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program that loads the classes named in a file, with all their members, but runs none of their code. */
final class ClassLoading {

    private ClassLoading() {}

    public static void main(String[] arguments) throws Exception {
        List<String> names = Files.readAllLines(Path.of(arguments[0]));
        int members = 0;
        for (String name : names) {
            Class<?> type = Class.forName(name, false, ClassLoading.class.getClassLoader());
            members += type.getDeclaredMethods().length;
            members += type.getDeclaredFields().length;
            members += type.getDeclaredConstructors().length;
        }
        System.out.print("loaded " + names.size() + (members == 0 ? " without members" : ""));
    }
}
