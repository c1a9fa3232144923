package dev.ocnix.maven;

import dev.ocnix.model.NearNames;
import dev.ocnix.model.OcnixException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** Checks that Maven leaves out: it takes each text but "true" for false, and passes over properties that nobody reads. */
final class ParameterCheck {
    private static final String PREFIX = "ocnix.";

    private final MavenSession session;
    private final MojoExecution execution;
    private final LogListener log;

    ParameterCheck(MavenSession session, MojoExecution execution, LogListener log) {
        this.session = session;
        this.execution = execution;
        this.log = log;
    }

    /**
     * Warns of properties whose names begin as ours do and that no goal has.
     *
     * @throws OcnixException if a switch of the goal is neither true nor false
     */
    void run() throws OcnixException {
        warnOfUnknown();
        MojoDescriptor goal = execution.getMojoDescriptor();
        for (Parameter parameter : parameters(goal)) {
            if (parameter.getType().equals("boolean")) {
                requireSwitch(parameter);
            }
        }
    }

    private void requireSwitch(Parameter parameter) throws OcnixException {
        Xpp3Dom configuration = execution.getConfiguration();
        Xpp3Dom given = configuration == null ? null : configuration.getChild(parameter.getName());
        Optional<String> value = given == null ? Optional.empty() : evaluated(given.getValue());
        if (value.filter(text -> !text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false"))
                .isPresent()) {
            throw OcnixException.input(
                    name(parameter).orElse(parameter.getName()) + " is \"" + value.get() + "\"; it is true or false.");
        }
    }

    private Optional<String> evaluated(@Nullable String text) {
        try {
            return Optional.ofNullable(text == null ? null : evaluator().evaluate(text))
                    .map(value -> value.toString().trim());
        } catch (ExpressionEvaluationException e) {
            return Optional.empty();
        }
    }

    private PluginParameterExpressionEvaluator evaluator() {
        return new PluginParameterExpressionEvaluator(session, execution);
    }

    private void warnOfUnknown() {
        SortedSet<String> known = new TreeSet<>();
        execution.getMojoDescriptor().getPluginDescriptor().getMojos().stream()
                .flatMap(goal -> parameters(goal).stream())
                .forEach(parameter -> name(parameter).ifPresent(name -> known.add(name.substring(PREFIX.length()))));
        // those of its parents and active profiles, too
        Set<String> own = session.getCurrentProject().getProperties().stringPropertyNames();
        for (String name : ours(session.getUserProperties().stringPropertyNames())) {
            if (!known.contains(name) && !own.contains(PREFIX + name)) {
                log.warn("No goal has a parameter " + PREFIX + name + ", which is given with -D"
                        + NearNames.like(known, name)
                                .map(near -> "; did you mean " + PREFIX + near + "?")
                                .orElse("; ocnix:help -Ddetail lists all."));
            }
        }
        for (String name : ours(own)) {
            Optional<String> near = known.contains(name) ? Optional.empty() : NearNames.like(known, name);
            near.ifPresent(like -> log.warn("No goal has a parameter " + PREFIX + name
                    + ", which is among the POM's properties; did you mean " + PREFIX + like + "?"));
        }
    }

    /** The ends of those names that begin as ours do. */
    private static SortedSet<String> ours(Iterable<String> names) {
        SortedSet<String> ours = new TreeSet<>();
        for (String name : names) {
            if (name.startsWith(PREFIX)) {
                ours.add(name.substring(PREFIX.length()));
            }
        }
        return ours;
    }

    private static List<Parameter> parameters(MojoDescriptor goal) {
        return goal.getParameters() == null ? List.of() : goal.getParameters();
    }

    /** The property of a parameter, if it is one of ours. */
    private static Optional<String> name(Parameter parameter) {
        return Optional.ofNullable(parameter.getExpression())
                .filter(text -> text.startsWith("${" + PREFIX) && text.endsWith("}"))
                .map(text -> text.substring(2, text.length() - 1));
    }
}
