package dev.sluice.server;

import com.tngtech.archunit.core.domain.JavaClass;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.MonitorInstruction;

/** Finds {@code synchronized} blocks, which only the byte code of a class shows. */
final class MonitorCode {

    private MonitorCode() {}

    static boolean isIn(JavaClass type) {
        return model(type).methods().stream()
                .map(MethodModel::code)
                .flatMap(code -> code.stream())
                .flatMap(CodeModel::elementStream)
                .anyMatch(MonitorInstruction.class::isInstance);
    }

    private static ClassModel model(JavaClass type) {
        try (InputStream bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return ClassFile.of().parse(bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
