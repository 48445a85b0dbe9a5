import java.io.File;
import java.util.HashSet;
import java.util.Set;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLClass;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWL2RLProfile;
import org.semanticweb.owlapi.profiles.OWLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/**
 * Asks the profile checkers of the OWL API and HermiT, all inside the HermiT.jar that owlready2 ships, about one RDF/XML
 * file. Writes one finding a line, "check TAB what is wrong"; the checks are "OWL 2 DL", "OWL 2 RL" and "HermiT".
 * ontology_check.py runs it as a single source file: java -cp HermiT.jar OntologyCheck.java FILE
 */
class OntologyCheck {
    /** What has been reported: a statement outside DL is outside RL too and need not be told twice. */
    private static final Set<String> REPORTED = new HashSet<>();

    public static void main(String[] arguments) throws Exception {
        OWLOntology ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(arguments[0]));
        boolean inDl = reportViolations("OWL 2 DL", new OWL2DLProfile(), ontology);
        reportViolations("OWL 2 RL", new OWL2RLProfile(), ontology);
        // Outside OWL 2 DL, HermiT's answers mean nothing.
        if (inDl) {
            reportContradictions(ontology);
        }
    }

    private static boolean reportViolations(String check, OWLProfile profile, OWLOntology ontology) {
        var violations = profile.checkOntology(ontology).getViolations();
        for (OWLProfileViolation violation : violations) {
            String axiom = String.valueOf(violation.getAxiom());
            report(check, violation.getClass().getSimpleName() + " in " + axiom);
        }
        return violations.isEmpty();
    }

    private static void reportContradictions(OWLOntology ontology) {
        Reasoner reasoner = new Reasoner(ontology);
        if (!reasoner.isConsistent()) {
            report("HermiT", "the statements contradict one another");
            return;
        }
        for (OWLClass impossible : reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom()) {
            report("HermiT", "nothing can be a " + impossible);
        }
    }

    private static void report(String check, String finding) {
        String line = finding.replaceAll("\\s+", " ");
        if (REPORTED.add(line)) {
            System.out.println(check + "\t" + line);
        }
    }
}
