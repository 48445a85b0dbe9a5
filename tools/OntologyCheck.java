import java.io.File;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLClass;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWL2RLProfile;
import org.semanticweb.owlapi.profiles.OWLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/**
 * Asks the OWL API and HermiT, both inside the HermiT.jar of owlready2, about one RDF/XML file. Writes one finding a
 * line, as "check TAB what is wrong"; the checks are dl, rl and reasoner. Run by ontology_check.py, which compiles
 * nothing: `java -cp HermiT.jar OntologyCheck.java FILE`.
 */
class OntologyCheck {
    public static void main(String[] arguments) throws Exception {
        OWLOntology ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(arguments[0]));
        boolean dl = reportViolations("dl", new OWL2DLProfile(), ontology);
        reportViolations("rl", new OWL2RLProfile(), ontology);
        // HermiT's answers mean something only for an ontology of OWL 2 DL.
        if (dl) {
            reportContradictions(ontology);
        }
    }

    private static boolean reportViolations(String check, OWLProfile profile, OWLOntology ontology) {
        var violations = profile.checkOntology(ontology).getViolations();
        for (OWLProfileViolation violation : violations) {
            report(check, violation.getClass().getSimpleName() + ": " + violation);
        }
        return violations.isEmpty();
    }

    private static void reportContradictions(OWLOntology ontology) {
        Reasoner reasoner = new Reasoner(ontology);
        if (!reasoner.isConsistent()) {
            report("reasoner", "the statements contradict one another");
            return;
        }
        for (OWLClass impossible : reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom()) {
            report("reasoner", "nothing can be a " + impossible);
        }
    }

    private static void report(String check, String finding) {
        System.out.println(check + "\t" + finding.replaceAll("\\s+", " "));
    }
}
